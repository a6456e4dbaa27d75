/** The name under which a page of `npm run dev` is told what it was served with. */
export const TIMES = "times-told";
