/**
 * The address of the source repository, from the build's environment. Edit
 * links and the link to the sources stand on the pages only where it is set.
 */
export const REPOSITORY = process.env["REPOSITORY_URL"]?.replace(/\/$/, "");

/** Where a reader edits a file of the repository, if there is one. */
export function editUrl(file: string): string | undefined {
  return REPOSITORY && `${REPOSITORY}/edit/main/${file}`;
}
