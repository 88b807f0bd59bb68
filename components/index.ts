// WHAT IS BUILT: a plan in, registered resources out. deploy.ts is the way in for a stack; each target has a folder with the same
// file names, one Part a file, its reader beside it. Imports model, catalog, capacity and cost; never preview, policies or stacks.
export { deploy, SystemComponent, type Outputs, type Stacks } from "./deploy";
