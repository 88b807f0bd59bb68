import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { connect } from "node:tls";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesObject } from "../../cluster/harness/objects";
import { waitFor } from "../../cluster/harness/wait";
import { bootstrapOf, serviceAddress } from "./bootstrap";
import { call, type Tally } from "./callers";
import { Authority, type Issued } from "./certificates";
import { Envoy } from "./envoy";
import { Names } from "./names";
import { Replica } from "./replica";
import { translate, type Translated } from "./translate";

/** Envoy tells those who choose what it found at most a second late. */
const MERGED_MS = 1_100;
const SEEN_MS = 60_000;

/** Above what only root may listen on. */
const DOORS_PORT = 8443;

/** A rendered door, as a test asks for it. */
export interface Rendered {
  readonly objects: readonly KubernetesObject[];
  readonly namespace: string;
  readonly workload: string;
  /** Name of all regions, and the region that the door is of. */
  readonly domain: string;
  readonly region: string;
  readonly port: number;
  readonly checkPath: string;
  readonly pods: number;
  /** Regions that it hands on to. */
  readonly others: readonly string[];
}

/** A door as rendered, translated by Envoy Gateway and run by Envoy, with pods and other regions' doors on loopback. */
export class Door {
  private constructor(
    readonly facts: Rendered,
    readonly translated: Translated,
    readonly authority: Authority,
    readonly names: Names,
    readonly pods: readonly Replica[],
    readonly elsewhere: ReadonlyMap<string, Replica>,
    readonly envoy: Envoy,
    readonly folder: string,
  ) {}

  static async start(facts: Rendered): Promise<Door> {
    const { domain, region, others } = facts;
    const folder = mkdtempSync(path.join(tmpdir(), "nines-door-"));
    const authority = Authority.make(folder, "everybody-trusts");
    const certificates = new Map([
      [`${facts.namespace}/${facts.workload}-tls`, authority.issue([domain])],
      [`${facts.namespace}/${facts.workload}-own-tls`, authority.issue([`${region}.${domain}`])],
    ]);
    // All of 127.0.0.0/8 is this machine's: each run has a part of its own.
    const net = `127.${10 + (process.pid % 200)}.${1 + Math.floor(Math.random() * 250)}`;
    const pods = Array.from(
      { length: facts.pods },
      (_, i) => new Replica(`${net}.${1 + i}`, facts.port, facts.checkPath),
    );
    const elsewhere = new Map(
      others.map((each, i) => [
        each,
        new Replica(`${net}.${101 + i}`, DOORS_PORT, facts.checkPath, authority.issue([`${each}.${domain}`])),
      ]),
    );
    const names = await Names.start();
    try {
      await Promise.all([...pods, ...elsewhere.values()].map((each) => each.start()));
      for (const [each, { address }] of elsewhere) names.lead(`${each}.${domain}`, [address]);
      names.lead(
        podsName(facts),
        pods.map(({ address }) => address),
      );
      const translated = translate(inCluster(facts, certificates), folder);
      const loopback = {
        namesPort: names.port,
        doorsPort: DOORS_PORT,
        pods: pods.map(({ address }) => address),
        certificates,
        trusted: authority.file,
      };
      const envoy = await Envoy.start(bootstrapOf(translated, loopback), folder);
      return new Door(facts, translated, authority, names, pods, elsewhere, envoy, folder);
    } catch (error) {
      await Promise.all([...pods, ...elsewhere.values()].map((each) => each.kill()));
      await names.stop();
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Until Envoy holds exactly these to be ill, of its own pods and of other regions, and all who choose know it. */
  async sees(ill: readonly Replica[]): Promise<void> {
    const expected = ill.map(({ address }) => address).sort();
    await waitFor(
      `ill: ${expected.join(", ")}`,
      async () => JSON.stringify(await this.ill()) === JSON.stringify(expected),
      { withinMs: SEEN_MS, last: async () => `ill are ${(await this.ill()).join(", ")}` },
    );
    await sleep(MERGED_MS);
  }

  /** Addresses of those that Envoy holds to be ill. */
  async ill(): Promise<readonly string[]> {
    const hosts = [...(await this.envoy.hostsOf(this.cluster))];
    return hosts.flatMap(([address, against]) => (against.length > 0 ? [address] : [])).sort();
  }

  /** Until a replica was asked by so many more checks for the door's own route. */
  async asks({ address, checks }: Replica, more: number): Promise<void> {
    const asked = (): number => checks.filter(({ host }) => host === this.facts.domain).length;
    const until = asked() + more;
    await waitFor(`${address} is asked ${more} times`, async () => asked() >= until, { withinMs: SEEN_MS });
  }

  /** Until Envoy knows exactly these pods by their name. */
  async knows(pods: readonly Replica[]): Promise<void> {
    const known = async (): Promise<number> => {
      const hosts = await this.envoy.hostsOf(this.cluster);
      return this.pods.filter((pod) => hosts.has(pod.address) === pods.includes(pod)).length;
    };
    await waitFor(`${pods.length} pods by name`, async () => (await known()) === this.pods.length, {
      withinMs: SEEN_MS,
    });
    await sleep(MERGED_MS);
  }

  /** The cluster, in Envoy's sense, that the door's name leads to. */
  private get cluster(): string {
    return `httproute/${this.facts.namespace}/${this.facts.workload}/rule/0`;
  }

  /** Name of the pods, which leads to those that are ready. */
  get podsName(): string {
    return podsName(this.facts);
  }

  /** Pods as ready ones are found by their name. */
  ready(pods: readonly Replica[]): void {
    this.names.lead(
      podsName(this.facts),
      pods.map(({ address }) => address),
    );
  }

  async call(requests: number, name = this.facts.domain): Promise<Tally> {
    const port = await this.envoy.portOf(listenerOf(this.translated));
    return call({ port, name, authority: readFileSync(this.authority.file, "utf8") }, requests);
  }

  /** Protocol that the door agrees on with callers of a name who speak both versions of HTTP. */
  async agreesOn(name: string): Promise<string> {
    const port = await this.envoy.portOf(listenerOf(this.translated));
    const ca = readFileSync(this.authority.file, "utf8");
    return new Promise((resolve, reject) => {
      const socket = connect(
        { host: "127.0.0.1", port, servername: name, ca, ALPNProtocols: ["h2", "http/1.1"] },
        () => {
          resolve(String(socket.alpnProtocol));
          socket.destroy();
        },
      );
      socket.on("error", reject);
    });
  }

  async stop(): Promise<void> {
    await this.envoy.stop();
    await Promise.all([...this.pods, ...this.elsewhere.values()].map((each) => each.kill()));
    await this.names.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const podsName = ({ workload, namespace }: Rendered): string => `${workload}-pods.${namespace}.svc.cluster.local`;

/** The listener that terminates TLS. */
function listenerOf({ listeners }: Translated): string {
  const secure = listeners.find((each) => JSON.stringify(each).includes("DownstreamTlsContext"));
  if (secure === undefined) throw new Error("no listener with TLS");
  return secure["name"] as string;
}

/** Objects as a cluster has them: Services with an address, and the Secrets that cert-manager makes. */
function inCluster({ objects }: Rendered, certificates: ReadonlyMap<string, Issued>): readonly KubernetesObject[] {
  return [
    ...objects.map((object) =>
      object.kind === "Service" && object["spec"].clusterIP === undefined
        ? { ...object, spec: { ...object["spec"], clusterIP: serviceAddress } }
        : object,
    ),
    ...[...certificates].map(([name, certificate]) => secretOf(name, certificate)),
  ];
}

function secretOf(called: string, { cert, key }: Issued): KubernetesObject {
  const [namespace = "", name = ""] = called.split("/");
  const base64 = (text: string): string => Buffer.from(text).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace },
    type: "kubernetes.io/tls",
    data: { "tls.crt": base64(cert), "tls.key": base64(key) },
  };
}
