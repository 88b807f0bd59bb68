// WHAT WOULD CHANGE. In: a Pulumi program (or its state) and the plan that it registered. Out: a Report, the comparison of two,
// and the text that a person reads. Imports everything below; never a builder, never the command line.
export { recordInProcess, RecordingError, type Recording, type RecordOptions, type RecordedCall } from "./record";
