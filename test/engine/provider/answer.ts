import { textAt, type Properties } from "./values";

export const ACCOUNT = "123456789012";
/** The provider's own. */
export const REGION = "us-east-1";

/** What a new resource is called in AWS, and what AWS adds to what was asked. */
export interface Answer {
  readonly id: string;
  readonly computed: Properties;
}

export interface Asked {
  readonly inputs: Properties;
  readonly region: string;
  /** Seventeen hexadecimal digits of this very resource. */
  readonly hex: string;
}

export type Answers = (asked: Asked) => Answer;

/** EC2's: a prefix and seventeen digits. */
export const ec2 =
  (prefix: string, kind: string, computed: (id: string) => Properties = () => ({})): Answers =>
  ({ region, hex }) => {
    const id = `${prefix}-${hex}`;
    return {
      id,
      computed: { arn: `arn:aws:ec2:${region}:${ACCOUNT}:${kind}/${id}`, ownerId: ACCOUNT, ...computed(id) },
    };
  };

/** Those whose id is their name. */
export const byName =
  (key: string, arn: (name: string, region: string) => string): Answers =>
  ({ inputs, region }) => {
    const name = textAt(inputs, key) ?? "";
    return { id: name, computed: { arn: arn(name, region) } };
  };

/** Those whose id is their ARN. */
export const byArn =
  (arn: (asked: Asked) => string, computed: (asked: Asked) => Properties = () => ({})): Answers =>
  (asked) => ({ id: arn(asked), computed: { arn: arn(asked), ...computed(asked) } });
