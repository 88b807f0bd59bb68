import type * as resourceProto from "@pulumi/pulumi/proto/resource_pb";
import type * as providerProto from "@pulumi/pulumi/proto/provider_pb";
import { nameOfUrn, type Resource, type Value } from "../model";
import type { HandedRecording } from "./foreign/child/hand-over";
import { standIn, withoutStandIns } from "./stand-ins";
import { Transforms, type Callback } from "./transforms";
import { STACK_REFERENCE, STACK_TYPE, underFormerParent, urnOf, urnOfAlias } from "./urns";
import { inputsFromWire, UNKNOWN } from "./wire";
import type { RecordedCall, RecordedRead } from "./recorded";
import type { AskProgram } from "./ask-program";

/** What an engine would know besides the program. */
export interface Surroundings {
  /** Region of AWS resources and calls that name none. */
  readonly region?: string;
  /** @default - the program is told that transforms and hooks are not supported */
  readonly askProgram?: AskProgram;
}

/** The protobuf classes that responses are made of; given, so that this file loads no SDK by itself. */
export interface Protos {
  readonly resource: typeof resourceProto;
  readonly provider: typeof providerProto;
}

type Struct = NonNullable<ReturnType<resourceProto.ResourceInvokeRequest["getArgs"]>>;
interface StructClass {
  fromJavaScript(value: Readonly<Record<string, Value>>): Struct;
}

type Answer<T> = (
  error: { readonly code: number; readonly message: string; readonly details: string } | null,
  response?: T,
) => void;

/** gRPC's UNIMPLEMENTED. */
const UNIMPLEMENTED = 12;
/** Resource references would reach inputs as objects; ids are what providers take. Output values need a real engine. */
const SUPPORTED = new Set(["secrets", "deletedWith", "replaceWith", "aliasSpecs", "parameterization"]);
/** What needs functions of the program: transforms are asked, hooks never run before a deploy. */
const CALLING_BACK = new Set(["transforms", "invokeTransforms", "resourceHooks", "errorHooks"]);

/** Stands where Pulumi's engine would: sees each raw register request, and answers as a preview does: inputs echoed, all else unknown. */
export class RecordingMonitor {
  readonly resources = new Map<string, Resource>();
  readonly outputs = new Map<string, Readonly<Record<string, Value>>>();
  readonly calls: RecordedCall[] = [];
  readonly reads: RecordedRead[] = [];
  readonly problems: string[] = [];
  private readonly transforms: Transforms | undefined;

  constructor(
    private readonly project: string,
    private readonly stack: string,
    private readonly protos: Protos,
    private readonly surroundings: Surroundings = {},
  ) {
    const { askProgram } = surroundings;
    this.transforms = askProgram === undefined ? undefined : new Transforms(protos.resource, askProgram);
  }

  /** URN of the stack's own resource, once it registered. */
  stackUrn(): string | undefined {
    for (const resource of this.resources.values()) if (resource.type === STACK_TYPE) return resource.urn;
    return undefined;
  }

  /** What another monitor has seen of the same program. */
  take(seen: Omit<HandedRecording, "finished">): void {
    for (const resource of seen.resources) this.resources.set(resource.urn, resource);
    for (const [urn, outputs] of seen.outputs) this.outputs.set(urn, outputs);
    this.calls.push(...seen.calls);
    this.reads.push(...seen.reads);
    this.problems.push(...seen.problems);
  }

  supportsFeature(
    request: resourceProto.SupportsFeatureRequest,
    answer: Answer<resourceProto.SupportsFeatureResponse>,
  ): void {
    const response = new this.protos.resource.SupportsFeatureResponse();
    const id = request.getId();
    response.setHassupport(SUPPORTED.has(id) || (this.transforms !== undefined && CALLING_BACK.has(id)));
    answer(null, response);
  }

  registerResource(
    request: resourceProto.RegisterResourceRequest,
    answer: Answer<resourceProto.RegisterResourceResponse>,
  ): void {
    const urn = this.urn(request.getParent(), request.getType(), request.getName());
    const transforms = this.transforms?.of(urn, request) ?? [];
    if (transforms.length === 0) return this.register(urn, request, answer);
    this.transforms?.apply(transforms, request).then(
      () => this.register(urn, request, answer),
      (error: unknown) => {
        // The SDK's own words say a second time that it failed.
        const said = (error instanceof Error ? error.message : String(error)).replace(
          /^transform failed: (?:\w*Error: )?/,
          "",
        );
        this.problems.push(`a transform of ${request.getType()} "${request.getName()}" fails: ${said}`);
        this.register(urn, request, answer);
      },
    );
  }

  private register(
    urn: string,
    request: resourceProto.RegisterResourceRequest,
    answer: Answer<resourceProto.RegisterResourceResponse>,
  ): void {
    if (this.resources.has(urn)) {
      this.problems.push(
        `two resources of type ${request.getType()} are called "${request.getName()}" (${urn}): give one of them another name`,
      );
    } else {
      this.resources.set(urn, { ...recorded(urn, request), ...this.aliasesOf(urn, request) });
    }
    const response = new this.protos.resource.RegisterResourceResponse();
    response.setUrn(urn);
    response.setObject(request.getObject());
    answer(null, response);
  }

  registerResourceOutputs(request: resourceProto.RegisterResourceOutputsRequest, answer: Answer<unknown>): void {
    this.outputs.set(request.getUrn(), inputsFromWire(request.getOutputs()?.toJavaScript() ?? {}));
    answer(null, {});
  }

  readResource(request: resourceProto.ReadResourceRequest, answer: Answer<resourceProto.ReadResourceResponse>): void {
    // What the other stack gives is known to its own state alone; that it is asked is all that can be seen here.
    if (request.getType() === STACK_REFERENCE)
      this.calls.push({ token: STACK_REFERENCE, inputs: { name: request.getId() }, answered: false });
    this.reads.push({ type: request.getType(), name: request.getName() });
    const response = new this.protos.resource.ReadResourceResponse();
    response.setUrn(this.urn(request.getParent(), request.getType(), request.getName()));
    response.setProperties(request.getProperties());
    answer(null, response);
  }

  invoke(request: resourceProto.ResourceInvokeRequest, answer: Answer<providerProto.InvokeResponse>): void {
    const token = request.getTok();
    const inputs = inputsFromWire(request.getArgs()?.toJavaScript() ?? {});
    const found = standIn(token, inputs, this.regionOf(request.getProvider()));
    this.calls.push({ token, inputs, answered: found !== undefined });
    const response = new this.protos.provider.InvokeResponse();
    // The request's own Struct class: the package that declares it is the SDK's dependency, not ours.
    const Struct = request.getArgs()?.constructor as StructClass | undefined;
    // Nothing known of it: an unknown in it makes what is applied to the whole unknown; a property taken by its name is missing, all the same.
    response.setReturn(Struct?.fromJavaScript(found ?? { id: UNKNOWN }));
    answer(null, response);
  }

  call(request: resourceProto.ResourceCallRequest, answer: Answer<unknown>): void {
    this.calls.push({
      token: request.getTok(),
      inputs: inputsFromWire(request.getArgs()?.toJavaScript() ?? {}),
      answered: false,
    });
    const message = `${request.getTok()} is a method of a resource; without a provider nobody can answer it`;
    answer({ code: UNIMPLEMENTED, message, details: message });
  }

  registerPackage(
    _: resourceProto.RegisterPackageRequest,
    answer: Answer<resourceProto.RegisterPackageResponse>,
  ): void {
    const response = new this.protos.resource.RegisterPackageResponse();
    response.setRef("recorded");
    answer(null, response);
  }

  registerStackTransform(request: Callback, answer: Answer<unknown>): void {
    this.transforms?.addToStack(request);
    answer(null, {});
  }

  /** Of calls that are answered by stand-ins, whatever they are asked. */
  registerStackInvokeTransform(_: unknown, answer: Answer<unknown>): void {
    answer(null, {});
  }

  registerResourceHook(_: unknown, answer: Answer<unknown>): void {
    answer(null, {});
  }

  registerErrorHook(_: unknown, answer: Answer<unknown>): void {
    answer(null, {});
  }

  signalAndWaitForShutdown(_: unknown, answer: Answer<unknown>): void {
    answer(null, {});
  }

  close(): void {
    // Nothing is open; the SDK closes its monitor when it disconnects.
  }

  /** Own aliases, and those that its parents' give it, as URNs. */
  private aliasesOf(urn: string, request: resourceProto.RegisterResourceRequest): Pick<Resource, "aliases"> {
    const parent = this.resources.get(request.getParent());
    const names = { stack: this.stack, project: this.project };
    const own = request.getAliasesList().map((alias) => {
      const spec = alias.getSpec();
      return spec === undefined
        ? alias.getUrn()
        : urnOfAlias(spec, { ...names, type: request.getType(), name: request.getName(), parent: request.getParent() });
    });
    const all = [urn, ...own, ...request.getAliasurnsList()].flatMap((each) => [
      each,
      ...(parent?.aliases ?? []).map((former) => underFormerParent(each, parent?.name ?? "", former)),
    ]);
    const aliases = [...new Set(all)].filter((each) => each !== urn).sort();
    return aliases.length === 0 ? {} : { aliases };
  }

  /** That of the provider that a call names, else the default one's. */
  private regionOf(provider: string): string | undefined {
    const named = this.resources.get(provider.split("::").slice(0, 4).join("::"))?.inputs["region"];
    return typeof named === "string" ? named : this.surroundings.region;
  }

  /** As the engine forms it: the parent's types are part of it, except the stack's own. */
  private urn(parent: string, type: string, name: string): string {
    return urnOf({ stack: this.stack, project: this.project, type, name, parent });
  }
}

function recorded(urn: string, request: resourceProto.RegisterResourceRequest): Resource {
  const propertyDependencies: Record<string, readonly string[]> = {};
  for (const [property, dependencies] of request.getPropertydependenciesMap().entries()) {
    const urns = dependencies.getUrnsList();
    if (urns.length > 0) propertyDependencies[property] = [...new Set(urns)].sort();
  }
  return {
    urn,
    type: request.getType(),
    name: nameOfUrn(urn),
    custom: request.getCustom(),
    inputs: withoutStandIns(inputsFromWire(request.getObject()?.toJavaScript() ?? {})),
    parent: request.getParent() === "" ? null : request.getParent(),
    dependencies: [...new Set(request.getDependenciesList())].sort(),
    propertyDependencies,
    protect: request.getProtect() ?? false,
    ignoreChanges: [...request.getIgnorechangesList()].sort(),
    deleteBeforeReplace: request.getDeletebeforereplace(),
    replaceOnChanges: [...request.getReplaceonchangesList()].sort(),
    ...(request.getProvider() === "" ? {} : { provider: providerUrn(request.getProvider()) }),
    ...(request.getImportid() === "" ? {} : { importId: request.getImportid() }),
    ...(request.getRemote() ? { remote: true } : {}),
  };
}

/** A provider is named by its URN and its id, which is not known before a deploy. */
function providerUrn(reference: string): string {
  return reference.split("::").slice(0, 4).join("::");
}
