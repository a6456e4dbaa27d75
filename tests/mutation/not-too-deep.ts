/**
 * Loaded by whatever a test starts, and by what that starts: ends it below the
 * third level, which no example needs. A broken version that starts itself
 * again would take all memory of the machine.
 */
const DEPTH = "MUTANT_DEPTH";

const depth = Number(process.env[DEPTH] ?? 0) + 1;
if (depth > 3) process.exit(1);
process.env[DEPTH] = String(depth);
