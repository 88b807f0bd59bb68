import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as aws from "@pulumi/aws";

const bucket = new aws.s3.Bucket("site");
const page = readFileSync(join(__dirname, "build", "index.html"), "utf8");
new aws.s3.BucketObjectv2("page", { bucket: bucket.id, key: "index.html", content: page, contentType: "text/html" });

export const name = bucket.bucket;
