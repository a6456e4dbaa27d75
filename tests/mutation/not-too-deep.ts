/**
 * What a broken example imports first. One version starts itself again in each
 * process and thread that it starts, and would take all memory of the machine:
 * it ends four levels deep. The test is one, and no example needs more.
 */
// By import, for a program is also run where there is no such global.
import process from "node:process";

const DEPTH = "MUTANT_DEPTH";

const depth = Number(process.env[DEPTH] ?? 0) + 1;
if (depth > 4) process.exit(1);
process.env[DEPTH] = String(depth);
