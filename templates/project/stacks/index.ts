import { deploy } from "nines/deploy";
import { environments } from "./environments";
import { systems } from "./systems";

export = () => deploy({ systems, environments });
