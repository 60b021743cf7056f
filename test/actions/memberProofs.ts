import type { Action } from '../../shared/actions/contract.ts';
import type { ActionFacts } from '../../shared/actions/facts.ts';
import type { RemovedCheck } from '../removedCheck.ts';

export type Proof = Pick<RemovedCheck, 'test'> & { readonly name: string };

const contract = (name: string): Proof => ({ test: 'test/actions/catalogue.test.ts', name });
const life = (name: string): Proof => ({ test: 'test/actions/life.test.ts', name });

const fields = contract('every observed field has a role');
const said = contract('says its limits and what undo promises');
const documented: Proof = { test: 'test/tools/generated.test.ts', name: 'docs/actions.generated.md' };

/** Each member that an action may declare, and the test that fails when an action loses it. */
export const proofs: Readonly<Record<keyof Action, Proof>> = {
  name: contract('has a kebab-case name'),
  summary: contract('a summary in the imperative'),
  // Tests that are made for each target could not even be collected.
  targets: { test: 'test/actions/members.test.ts', name: 'has every member of the contract' },
  params: contract('refuses parameters that it does not know'),
  example: contract('its example is a rule'),
  permissions: life('sends only what it declares'),
  inCluster: life('sends only what it declares'),
  facts: contract('has facts that say where it stands'),
  decisive: fields,
  restores: fields,
  volatile: fields,
  reversal: said,
  limits: said,
  timeoutSeconds: contract('is waited for no longer'),
  observe: fields,
  plan: life('plans a step on what it observed'),
  intended: contract('intends a value for each field'),
  minimum: { test: 'test/actions/minimum.test.ts', name: 'has a least that it may do' },
  meets: { test: 'test/actions/meets.test.ts', name: 'whose targets meet somewhere' },
  turn: { test: 'test/actions/turn.test.ts', name: 'shares a turn' },
  stillThere: { test: 'test/actions/stillThere.test.ts', name: 'only what is left' },
  changedBy: { test: 'test/actions/changedBy.test.ts', name: 'names the calls' },
  deliveredAgain: { test: 'test/actions/quarantineImageLater.test.ts', name: 'is told from a restore' },
  asksMore: { test: 'test/actions/fixTaskDefinition.test.ts', name: 'asks for more' },
  execute: life('reads back that what it did holds'),
  verify: life('reads back that what it did holds'),
  staysYet: { test: 'test/actions/revokeRoleSessions.test.ts', name: 'stays until nobody is left' },
  undo: life('puts back what it changed'),
  verifyUndone: life('puts back what it changed'),
  release: { test: 'test/actions/release.test.ts', name: 'is lifted by each action that leaves something standing' },
  parts: life('goes on in the later steps'),
  declines: documented,
};

/** The facts that an action need not have: without one it is still whole, and another action. */
export const optionalFactProofs: Readonly<Partial<Record<keyof ActionFacts, Proof>>> = {
  emptiesHost: documented,
  needsHostEmpty: documented,
  lends: documented,
  canWait: documented,
};

/** The lists among them, whose entries are taken away one by one. */
export const entryProofs = {
  targets: documented,
  decisive: fields,
  restores: fields,
  volatile: fields,
  limits: documented,
} as const satisfies Readonly<Partial<Record<keyof Action, Proof>>>;

export const permissionProof: Proof = {
  test: 'test/actions/iam.test.ts',
  name: 'needs no permission that it does not declare',
};
