import { claim, exactly, observeProcess, peak } from "#claim";
import {
  awaiting,
  blocking,
  publish,
  READERS,
  twoInTurn,
} from "../../examples/http.ts";

// The agent takes a connection back in the tick in which its response ends,
// before the second request is made, and the service never closes one.
claim("connects-once", {
  figure: "connections for two requests in turn",
  unit: "",
  bound: exactly(1),
  subject: () => twoInTurn(true),
  controls: { "not kept open": () => twoInTurn(false) },
});

// No reader's wait ends before the news, and it comes when all have asked.
claim("holds-many", {
  figure: "readers that wait in the service at once",
  unit: "",
  bound: exactly(READERS),
  subject: () => waitingAtOnce(awaiting),
  controls: { blocking: () => waitingAtOnce(blocking) },
});

// Awaiting readers stay until the news comes. A blocking one is gone before the
// service can look at any other request.
claim("answers-meanwhile", {
  figure: "waiting readers that the news reaches",
  unit: "",
  bound: exactly(READERS),
  subject: () => publish(awaiting),
  controls: { blocking: () => publish(blocking) },
});

async function waitingAtOnce(wait: typeof awaiting): Promise<number> {
  const { spans } = await observeProcess(() => publish(wait));
  return peak(spans.filter(({ name }) => name.startsWith("reader")));
}
