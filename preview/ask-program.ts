/** Asks a function of the program that it registered with the engine; gives its answer's bytes. */
export type AskProgram = (
  callback: { readonly target: string; readonly token: string },
  request: Uint8Array,
) => Promise<Uint8Array>;
