import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rootCredentials } from '../../sandbox/iam/credentials.ts';
import { services } from '../../sandbox/services.ts';
import { resourceTypes } from '../../sandbox/template/resources/types.ts';
import { TABLE_ENDS, withOperationsTable } from '../../tools/operationsTable.ts';
import { fakeAccount } from './fakeAccount.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'sandbox');
const page = readFileSync(join(folder, 'README.md'), 'utf8');

describe("the sandbox's README", () => {
  it('lists every service with its operations', () => {
    const rows = services.map(
      ({ name, operations }) => `| ${name} | ${Object.keys(operations).toSorted().join(', ')} |`,
    );
    const table = page.split('\n').filter((line) => /^\| [a-z0-9-]+ \| [A-Z]/.test(line));
    expect(table).toEqual(rows.toSorted());
  });

  it('has the table that the code writes, between its two marks: else run "npm run generate"', () => {
    expect(withOperationsTable(page)).toBe(page);
    expect(() => withOperationsTable(page.replace(TABLE_ENDS, ''))).toThrow('needs the lines');
    const outdated = page.replace('| sts | AssumeRole', '| sts | AssumeNothing');
    expect(outdated).not.toBe(page);
    expect(withOperationsTable(outdated)).toBe(page);
  });

  it('lists every type of resource', () => {
    const named = [...new Set(page.match(/`AWS::\w+::\w+`/g) ?? [])];
    expect(named).toEqual(
      Object.keys(resourceTypes)
        .toSorted()
        .map((type) => `\`${type}\``),
    );
  });

  it("gives the administrator's key as it is", () => {
    const { accessKeyId, secretAccessKey } = rootCredentials(fakeAccount().account);
    expect(page).toContain(`AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`);
  });
});
