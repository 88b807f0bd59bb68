import type { Answer } from "./answer";
import { answerTo } from "./answers";
import { deleteRefusal } from "./dependants";
import { createRefusal } from "./surroundings";
import { textAt, textsIn, type Properties } from "./values";

/** Something that exists. */
export interface Thing {
  readonly type: string;
  readonly urn: string;
  readonly id: string;
  readonly region: string;
  readonly inputs: Properties;
  readonly computed: Properties;
}

/** What goes wrong, by the number of the create, from 1. */
export interface Mishaps {
  /** That create is refused for no reason of its own; null: none. */
  failAt: number | null;
  /** The first of that type is made, and then does not come up. */
  unsteadyType: string | null;
  /** That create is throttled so often. */
  throttleAt: number | null;
  throttledTimes: number;
}

/** The cloud says no. throttled: ask again. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly throttled = false,
  ) {
    super(message);
  }
}

/** Made, and not well: state keeps it with this remark. */
export class Unsteady extends Error {
  constructor(
    message: string,
    readonly thing: Thing,
  ) {
    super(message);
  }
}

/** What a provider that poses as AWS has behind it: the table of all that exists, kept between runs of the engine. */
export class Cloud {
  private readonly table = new Map<string, Thing>();
  private readonly times = new Map<string, number>();
  private readonly gone = new Set<string>();
  /** Creates asked for since the mishaps were last set. */
  private creates = 0;
  private throttled: string | null = null;
  readonly mishaps: Mishaps = { failAt: null, unsteadyType: null, throttleAt: null, throttledTimes: 0 };
  /** By type, how many of it the account may have. */
  readonly quotas: Record<string, number> = { "aws:ec2/eip:Eip": 5, "aws:ec2/vpc:Vpc": 5 };
  /** What was asked, in order: `create urn`, `update urn`, `delete urn`. */
  readonly journal: string[] = [];

  get things(): readonly Thing[] {
    return [...this.table.values()];
  }

  /** Creates so far; a new mishap counts from here. */
  get asked(): number {
    return this.creates;
  }

  /** From now on the k-th create goes wrong so; all else goes well. */
  arrange(mishaps: Partial<Mishaps>): void {
    this.creates = 0;
    this.throttled = null;
    Object.assign(this.mishaps, { failAt: null, unsteadyType: null, throttleAt: null, throttledTimes: 0 }, mishaps);
  }

  ofType(type: string): readonly Thing[] {
    return this.things.filter((thing) => thing.type === type);
  }

  find(type: string, test: (thing: Thing) => boolean): Thing | undefined {
    return this.things.find((thing) => thing.type === type && test(thing));
  }

  /** @throws Refused, Unsteady */
  create(type: string, urn: string, inputs: Properties): Thing {
    this.mishap(urn);
    const times = this.times.get(urn) ?? 0;
    const thing = made(type, urn, inputs, answerTo(type, urn, times, inputs));
    const dead = textsIn(inputs).find((text) => this.gone.has(text));
    if (dead !== undefined) throw new Refused(`${dead} does not exist`);
    const refusal = createRefusal(thing, this);
    if (refusal !== null) throw new Refused(refusal);
    this.times.set(urn, times + 1);
    this.table.set(keyOf(thing), thing);
    for (const name of namesOf(thing)) this.gone.delete(name);
    this.journal.push(`create ${urn}`);
    if (type === this.mishaps.unsteadyType) {
      this.mishaps.unsteadyType = null;
      throw new Unsteady(`${thing.id} did not become steady`, thing);
    }
    return thing;
  }

  private mishap(urn: string): void {
    const { failAt, throttleAt } = this.mishaps;
    // Creates come side by side: one of them is throttled, and the others go past it.
    if (urn !== this.throttled) this.creates += 1;
    if (this.throttled === null && this.creates === throttleAt) this.throttled = urn;
    if (this.throttled === urn && this.mishaps.throttledTimes > 0) {
      this.mishaps.throttledTimes -= 1;
      throw new Refused("ThrottlingException: Rate exceeded", true);
    }
    if (this.creates === failAt) throw new Refused(`InternalFailure: create ${failAt} was arranged to fail (${urn})`);
  }

  update(type: string, urn: string, id: string, inputs: Properties): Thing {
    const before = this.read(type, urn, id);
    if (before === undefined) throw new Refused(`${id} does not exist`);
    const thing = { ...before, urn, inputs };
    this.table.set(keyOf(before), thing);
    this.journal.push(`update ${urn}`);
    return thing;
  }

  read(type: string, urn: string, id: string): Thing | undefined {
    // Of several revisions of one family the latest: state knows which it means by its ARN.
    return this.called(type, urn, id).at(-1);
  }

  /** Whatever has that id: what was taken over stands under another name until something is written to it. */
  private called(type: string, urn: string, id: string): readonly Thing[] {
    const all = this.ofType(type).filter((thing) => thing.id === id);
    const own = all.filter((thing) => thing.urn === urn);
    return own.length > 0 || type.startsWith("random:") ? own : all;
  }

  /** @param state What the engine remembers: tells revisions of one family apart. */
  delete(type: string, urn: string, id: string, state: Properties): void {
    const arn = textAt(state, "arn");
    const thing = this.called(type, urn, id).find(
      ({ computed }) => arn === undefined || (textAt(computed, "arn") ?? arn) === arn,
    );
    // Deleting what is gone is done.
    if (thing === undefined) return;
    const refusal = deleteRefusal(thing, this);
    if (refusal !== null) throw new Refused(refusal);
    this.table.delete(keyOf(thing));
    for (const name of namesOf(thing)) this.gone.add(name);
    this.journal.push(`delete ${urn}`);
  }

  /** Somebody else changes something: a scaler, a person at the console. */
  drift(urn: string, change: Properties): void {
    const thing = this.things.find((each) => each.urn === urn);
    if (thing === undefined) throw new Error(`nothing to drift: ${urn}`);
    this.table.set(keyOf(thing), { ...thing, inputs: { ...thing.inputs, ...change } });
  }

  /** Somebody else deletes something. */
  vanish(urn: string): void {
    for (const thing of this.things.filter((each) => each.urn === urn)) this.table.delete(keyOf(thing));
  }
}

function made(type: string, urn: string, inputs: Properties, answer: Answer): Thing {
  return { type, urn, id: answer.id, region: textAt(inputs, "region") ?? "global", inputs, computed: answer.computed };
}

/** What tells it from all others: random values are told apart by who asked, revisions by their ARN. */
function keyOf({ type, region, id, urn, computed }: Thing): string {
  if (type.startsWith("random:")) return urn;
  if (type === "aws:ecs/taskDefinition:TaskDefinition") return textAt(computed, "arn") ?? id;
  return `${type} ${region} ${id}`;
}

/** What others know it by. */
export function namesOf({ id, computed, type }: Thing): readonly string[] {
  if (type.startsWith("random:") || type === "aws:secretsmanager/secretVersion:SecretVersion") return [];
  const arn = textAt(computed, "arn");
  // Names of names are no ids: a parameter and a service may have the same.
  const own = /^(?:vpc|subnet|igw|nat|eipalloc|rtb|sg|vpce)-[0-9a-f]{17}$/.test(id) ? [id] : [];
  return arn === undefined ? own : [...own, arn];
}
