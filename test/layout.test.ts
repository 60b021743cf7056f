import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** From left to right: a folder imports only from those on its left. */
const order = ['platform', 'finding', 'account', 'actions', 'rules', 'plan', 'incident', 'report', 'respond'];

/** What a folder may not import although it lies on its left. */
const never: { readonly [folder: string]: readonly string[] } = {
  plan: ['account'],
  incident: ['account'],
  report: ['account'],
  finding: ['platform/sdk', 'platform/env', 'platform/clock'],
  rules: ['account', 'platform/sdk', 'platform/env'],
};

/** Folders that may take the contract's types from shared/actions, and nothing else of it. */
const typesOfActionsOnly = ['rules', 'plan', 'incident', 'report'];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** Every relative import of a TypeScript text, as paths below the project's folder. */
function importsOf(path: string, text: string): readonly Import[] {
  const found = text.matchAll(
    /(?:^|\n)\s*(import|export)(\s+type)?\b[^;'"]*?from\s+'(\.[^']+)'|import\(\s*'(\.[^']+)'\s*\)/g,
  );
  return [...found].map(([, , type, named, dynamic]) => ({
    from: path,
    to: relative(root, join(root, dirname(path), named ?? dynamic ?? ''))
      .split(sep)
      .join('/'),
    typeOnly: type !== undefined,
  }));
}

const sharedFolder = (path: string): string | undefined => /^shared\/([^/]+)\//.exec(path)?.[1];

/** What is wrong with an import, or nothing. */
function violation({ from, to, typeOnly }: Import): string | undefined {
  const product = /^(functions|shared)\//;
  if (product.test(from) && /^(sandbox|cli|test|tools|bench|conformance)\//.test(to))
    return 'the product imports what only surrounds it';
  if (/^sandbox\//.test(from) && /^(functions|cli|test|tools|conformance)\//.test(to))
    return 'the sandbox runs bundles, not sources';
  if (/^cli\//.test(from) && /^(functions|test|tools|conformance)\//.test(to))
    return 'the command imports shared/ and sandbox/ alone';
  if (/^functions\/([^/]+)\//.test(from) && /^functions\/[^/]+\//.test(to) && from.split('/')[1] !== to.split('/')[1]) {
    return 'a function imports another';
  }
  const own = sharedFolder(from);
  const other = sharedFolder(to);
  if (own === undefined || other === undefined || own === other) return undefined;
  if (order.indexOf(other) > order.indexOf(own)) return `${own} is on the left of ${other}`;
  if (never[own]?.some((part) => to.startsWith(`shared/${part}`)) && !typeOnly) return `${own} may not import ${other}`;
  const contract = ['shared/actions/contract.ts', 'shared/actions/accusation.ts'];
  if (typesOfActionsOnly.includes(own) && other === 'actions' && !contract.includes(to)) {
    return `${own} may import the action contract alone`;
  }
  if ((own === 'incident' || own === 'report') && other === 'rules' && !typeOnly) return `${own} may not import rules`;
  return undefined;
}

function sources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file.split(sep).join('/')}`);
}

describe('layout', () => {
  it('lets every folder import only what the design allows', () => {
    const files = ['shared', 'functions', 'sandbox', 'cli'].flatMap(sources);
    const wrong = files
      .flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')))
      .flatMap((one) => {
        const why = violation(one);
        return why === undefined ? [] : [`${one.from} imports ${one.to}: ${why}`];
      });
    expect(files.length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });

  it.each([
    ["import { x } from '../report/tier.ts';", 'shared/plan/build.ts', 'plan is on the left of report'],
    [
      "import { x } from '../../sandbox/account.ts';",
      'shared/plan/build.ts',
      'the product imports what only surrounds it',
    ],
    [
      "import { x } from '../actions/catalogue.ts';",
      'shared/rules/lint.ts',
      'rules may import the action contract alone',
    ],
    ["import { x } from '../decide/handler.ts';", 'functions/act/handler.ts', 'a function imports another'],
    ["import { x } from '../functions/act/handler.ts';", 'sandbox/sandbox.ts', 'the sandbox runs bundles, not sources'],
    ["const x = import('../respond/act.ts');", 'shared/incident/head.ts', 'incident is on the left of respond'],
  ])('refuses %s in %s', (text, file, why) => {
    expect(importsOf(file, text).map(violation)).toEqual([why]);
  });

  it.each([
    ["import { x } from '../finding/hash.ts';", 'shared/plan/build.ts'],
    ["import type { Step } from '../actions/contract.ts';", 'shared/plan/build.ts'],
    ["import { x } from '../../shared/respond/act.ts';", 'functions/act/handler.ts'],
  ])('allows %s in %s', (text, file) => {
    expect(importsOf(file, text).map(violation)).toEqual([undefined]);
  });

  it('keeps files below 300 lines', () => {
    const long = ['shared', 'functions', 'sandbox', 'cli', 'tools', 'conformance', 'test']
      .flatMap(sources)
      .filter(
        (file) => !file.includes('.generated.') && readFileSync(join(root, file), 'utf8').split('\n').length > 301,
      );
    expect(long).toEqual([]);
  });
});
