import { answersTo } from "../../book/answers.ts";
import type { Evidence } from "../../book/evidence.ts";
import { nearest } from "../../book/nearest.ts";
import type { Note, NotePrediction } from "../../book/note.ts";
import { holds } from "../../measure/bound.ts";
import type { Book } from "../book.ts";
import type { Finding } from "../finding.ts";
import { at, atEach } from "./at.ts";

const FEWEST_ANSWERS = 3;
const MOST_ANSWERS = 4;
const MOST_PREDICTIONS = 3;

/** Up to three claims ask first, and each offers answers that can be told apart. */
export function checkPredictions(note: Note, { evidence }: Book): Finding[] {
  const { predictions } = note;
  const recorded = evidence.get(note.slug);
  const findings = atEach(note, predictions, (prediction) =>
    faultOf(prediction, recorded),
  );
  if (predictions.length <= MOST_PREDICTIONS) return findings;
  const message = `${predictions.length} claims ask first, and ${MOST_PREDICTIONS} at the most: drop <Predict> from the others.`;
  return [...findings, at(note, predictions[MOST_PREDICTIONS]!.line, message)];
}

function faultOf(
  { of, others, below }: NotePrediction,
  recorded: readonly Evidence[] | undefined,
): string | undefined {
  if (of === undefined) return 'A <Predict> names no claim: <Predict of="…">.';
  if (!below.includes(of))
    return `<Predict of="${of}"> covers the paragraph below it, which does not state this claim: put it right above the one that does.`;
  if (!recorded) return undefined;
  const claim = recorded.find(({ claims }) => claims[of])?.claims[of];
  if (!claim)
    return `No recorded run measured “${of}”. ${nearest(
      of,
      recorded.flatMap(({ claims }) => Object.keys(claims)),
    )}`;
  const { is, value } = claim.bound;
  const wrong = others.find(
    (other) => Number.isNaN(other) || holds(claim.bound, other),
  );
  if (wrong !== undefined)
    return `<Predict of="${of}"> has ${wrong} among its others: write numbers for which the bound (${is} ${value}) fails, as in others="5, 20".`;
  const answers = answersTo(claim, others);
  if (answers.length >= FEWEST_ANSWERS && answers.length <= MOST_ANSWERS)
    return undefined;
  const figures = answers.map(({ figure }) => figure).join(", ");
  return `<Predict of="${of}"> offers ${answers.length} answers (${figures}), and has to offer ${FEWEST_ANSWERS} or ${MOST_ANSWERS}: those of subject and controls, and figures that no run gave: others="5, 20".`;
}
