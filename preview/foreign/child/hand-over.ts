import type { Resource, Value } from "../../../model";
import type { RecordedCall, RecordedRead } from "../../recorded";

/** What the code in a program's process is told. */
export interface Task {
  /** Where to leave word. */
  readonly file: string;
  /** Folder of the program's own copy of the SDK. */
  readonly sdk: string;
  readonly project: string;
  readonly stack: string;
  /** Its own files are compiled as they are loaded. */
  readonly typescript: boolean;
  /** false: the SDK runs as it comes. */
  readonly fast: boolean;
  /** Of AWS resources and calls that name none. */
  readonly region?: string;
}

/** What a program registered, kept in its own process. */
export interface HandedRecording {
  readonly resources: readonly Resource[];
  readonly outputs: readonly (readonly [urn: string, outputs: Readonly<Record<string, Value>>])[];
  readonly calls: readonly RecordedCall[];
  readonly reads: readonly RecordedRead[];
  readonly problems: readonly string[];
  /** Whether the program ended as one that ends well does. */
  readonly finished: boolean;
}

/** What is left when the process ends. */
export interface HandedOver {
  /** Whether the program ended itself. */
  readonly exits: boolean;
  /** null: it went over gRPC, to our server. */
  readonly recording: HandedRecording | null;
  /** What of the SDK was not as expected. */
  readonly missing: readonly string[];
}
