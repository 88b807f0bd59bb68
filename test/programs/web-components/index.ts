import * as pulumi from "@pulumi/pulumi";
import { Database } from "./database";
import { Machines } from "./machines";
import { Network } from "./network";

const config = new pulumi.Config();
const machines = config.getNumber("machines") ?? 2;

const network = new Network("shop", {
  addressRange: "10.20.0.0/16",
  zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
});
const web = new Machines("web", {
  network,
  machineType: "m7g.large",
  least: machines,
  most: machines * 3,
  userData: Buffer.from("#!/bin/sh\nsystemctl start shop\n").toString("base64"),
});
const orders = new Database("orders", {
  network,
  callers: web.firewall,
  password: config.getSecret("password") ?? pulumi.secret("only for a preview"),
});

export const url = web.url;
export const database = orders.address;
