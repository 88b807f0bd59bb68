import { serve, type ServedCloud } from "../provider/service";
import { shipped } from "../../stacks";
import { Engine } from "./engine";
import { projectCopy, type Project } from "./project";

/** A shipped stack with a project, a cloud and an engine of its own. */
export interface StackRun {
  readonly stack: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly project: Project;
  readonly served: ServedCloud;
  readonly engine: Engine;
  end(): void;
}

/** @param config Instead of what the stack's file says, by key without its namespace. */
export async function startStack(stack: string, config: Readonly<Record<string, unknown>> = {}): Promise<StackRun> {
  const file = shipped.find((each) => each.stack === stack);
  if (file === undefined) throw new Error(`no stack ${stack}`);
  const served = await serve();
  const project = projectCopy(served.port);
  const engine = new Engine(project, stack);
  await engine.init();
  const whole = { ...file.config, ...config };
  project.configure(stack, whole);
  return {
    stack,
    config: whole,
    project,
    served,
    engine,
    end: () => {
      served.stop();
      project.remove();
    },
  };
}
