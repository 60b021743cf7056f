import { services } from '../sandbox/services.ts';

/** Between these two lines of sandbox/README.md stands what is written here; the rest of the page is people's. */
export const TABLE_BEGINS = '<!-- The operations: written by `npm run generate`. -->';
export const TABLE_ENDS = '<!-- End of the operations. -->';

/** Every service of the sandbox with its operations, as a table of Markdown. Ends without a newline. */
export function operationsTable(): string {
  const rows = services.map(({ name, operations }) => `| ${name} | ${Object.keys(operations).toSorted().join(', ')} |`);
  return ['| service | operations |', '|---|---|', ...rows.toSorted()].join('\n');
}

/** The page with its table as the code has it. Throws when its two marks are not there, in this order. */
export function withOperationsTable(page: string): string {
  const from = page.indexOf(TABLE_BEGINS);
  const to = page.indexOf(TABLE_ENDS);
  if (from < 0 || to < from) throw new Error(`sandbox/README.md needs the lines ${TABLE_BEGINS} and ${TABLE_ENDS}`);
  return `${page.slice(0, from + TABLE_BEGINS.length)}\n${operationsTable()}\n${page.slice(to)}`;
}
