/**
 * `#python`: all that a file of claims about a Python program imports. What
 * stands behind a name measures, as with `#claim`.
 */
export { claim } from "./python-claim.ts";
export { observePython } from "./observe-python.ts";
export type { PythonObservation } from "./observe-python.ts";
export type { PythonPoint, PythonSpan } from "./run-python.ts";
export type { Bound } from "./bound.ts";
export { atLeast, atMost, exactly, lessThan, moreThan } from "./bound.ts";
export { inversions, peak, pointsWithin } from "./shapes.ts";
export { everAbove } from "./ever-above.ts";
export { COUNT_SLEEPERS, withCode } from "./python-code.ts";
