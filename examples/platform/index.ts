import * as pulumi from "@pulumi/pulumi";
import { platform } from "./platform";
import { service } from "./service";

/** One stack is the platform; every other is a service on it. */
export = () => (pulumi.getStack() === "platform" ? platform() : service(pulumi.getStack()));
