import { getCollection } from "astro:content";
import type { APIRoute, GetStaticPaths } from "astro";
import type { Evidence } from "../../book/evidence.ts";
import { programOf } from "../../book/programs.ts";
import { toTrace } from "../../measure/trace-format.ts";

interface Props {
  program: string;
  data: Evidence;
}

export const getStaticPaths: GetStaticPaths = async () =>
  (await getCollection("evidence")).map(({ id, data }) => ({
    params: { id },
    props: { data, program: exampleAt(id) },
  }));

/** The program whose evidence has this id. */
function exampleAt(id: string): string {
  const slug = id.replace("python/", "");
  return programOf(slug, id === slug ? "typescript" : "python").example;
}

export const GET: APIRoute<Props> = ({ props: { program, data } }) =>
  Response.json(toTrace(program, data));
