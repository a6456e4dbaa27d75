import { getCollection } from "astro:content";
import type { APIRoute, GetStaticPaths } from "astro";
import { evidenceOf } from "../../build/note-data.ts";
import { toTrace } from "../../measure/trace-format.ts";

export const getStaticPaths: GetStaticPaths = async () =>
  (await getCollection("evidence")).map(({ id }) => ({ params: { slug: id } }));

export const GET: APIRoute = async ({ params }) => {
  const slug = params["slug"]!;
  return Response.json(toTrace(slug, await evidenceOf(slug)));
};
