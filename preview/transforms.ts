import type * as resourceProto from "@pulumi/pulumi/proto/resource_pb";
import type { AskProgram } from "./ask-program";
import { inputsFromWire } from "./wire";

/** A function of the program that the engine may call. */
export interface Callback {
  getTarget(): string;
  getToken(): string;
}

/** Changes that the program asks the engine to make to what it registers: its own transforms, its parents', the stack's, in that order. */
export class Transforms {
  private readonly ofStack: Callback[] = [];
  private readonly known = new Map<string, { readonly own: readonly Callback[]; readonly parent: string }>();

  constructor(
    private readonly protos: typeof resourceProto,
    private readonly ask: AskProgram,
  ) {}

  addToStack(callback: Callback): void {
    this.ofStack.push(callback);
  }

  /** All that apply to a resource, which is known from here on to its children. */
  of(urn: string, request: resourceProto.RegisterResourceRequest): readonly Callback[] {
    const own = request.getTransformsList();
    const parent = request.getParent();
    this.known.set(urn, { own, parent });
    const found: Callback[] = [...own];
    for (let at = this.known.get(parent); at !== undefined; at = this.known.get(at.parent)) found.push(...at.own);
    return [...found, ...this.ofStack];
  }

  /** Runs them one after the other; the request then holds what they made of it. */
  async apply(callbacks: readonly Callback[], request: resourceProto.RegisterResourceRequest): Promise<void> {
    for (const callback of callbacks) {
      const asked = this.requestFor(request);
      const bytes = await this.ask(
        { target: callback.getTarget(), token: callback.getToken() },
        asked.serializeBinary(),
      );
      const answer = this.protos.TransformResponse.deserializeBinary(bytes);
      const properties = answer.getProperties();
      if (properties !== undefined) setProperties(request, properties);
      const options = answer.getOptions();
      if (options !== undefined) setOptions(request, options);
    }
  }

  private requestFor(request: resourceProto.RegisterResourceRequest): resourceProto.TransformRequest {
    const options = new this.protos.TransformResourceOptions();
    options.setDependsOnList(request.getDependenciesList());
    const protect = request.getProtect();
    if (protect !== undefined) options.setProtect(protect);
    options.setIgnoreChangesList(request.getIgnorechangesList());
    options.setReplaceOnChangesList(request.getReplaceonchangesList());
    options.setVersion(request.getVersion());
    options.setAliasesList(request.getAliasesList());
    options.setProvider(request.getProvider());
    options.setImport(request.getImportid());
    if (request.getDeletebeforereplacedefined()) options.setDeleteBeforeReplace(request.getDeletebeforereplace());
    for (const [name, provider] of request.getProvidersMap().entries()) options.getProvidersMap().set(name, provider);
    const asked = new this.protos.TransformRequest();
    asked.setType(request.getType());
    asked.setName(request.getName());
    asked.setCustom(request.getCustom());
    asked.setParent(request.getParent());
    asked.setProperties(request.getObject());
    asked.setOptions(options);
    return asked;
  }
}

type Properties = NonNullable<ReturnType<resourceProto.RegisterResourceRequest["getObject"]>>;

/** Of where a value comes from, a transform's answer tells nothing: what it leaves unknown comes from where it came before. */
function setProperties(request: resourceProto.RegisterResourceRequest, properties: Properties): void {
  const before = inputsFromWire(request.getObject()?.toJavaScript() ?? {});
  const after = inputsFromWire(properties.toJavaScript());
  const dependencies = request.getPropertydependenciesMap();
  for (const property of [...dependencies.keys()]) {
    const [was, now] = [before, after].map((inputs) => JSON.stringify(inputs[property] ?? null));
    if (now !== was && now?.includes('"$unknown"') !== true) dependencies.del(property);
  }
  request.setObject(properties);
}

function setOptions(
  request: resourceProto.RegisterResourceRequest,
  options: resourceProto.TransformResourceOptions,
): void {
  const protect = options.getProtect();
  if (protect !== undefined) request.setProtect(protect);
  request.setIgnorechangesList(options.getIgnoreChangesList());
  request.setReplaceonchangesList(options.getReplaceOnChangesList());
  request.setProvider(options.getProvider());
  request.setDependenciesList(options.getDependsOnList());
  const first = options.getDeleteBeforeReplace();
  if (first !== undefined) {
    request.setDeletebeforereplace(first);
    request.setDeletebeforereplacedefined(true);
  }
  request.setAliasesList(options.getAliasesList());
  request.setImportid(options.getImport());
}
