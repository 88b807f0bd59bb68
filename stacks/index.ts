import { deploy } from "../components";
import { environments } from "./environments";
import { systems } from "./systems";

export = () => deploy({ systems, environments });
