import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action } from '../../shared/actions/contract.ts';
import { anyTarget } from '../../tools/anyTarget.ts';
import type { RemovedCheck } from '../removedCheck.ts';

type Proof = Pick<RemovedCheck, 'test'> & { readonly name: string };

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
  execute: life('reads back that what it did holds'),
  verify: life('reads back that what it did holds'),
  undo: life('puts back what it changed'),
  verifyUndone: life('puts back what it changed'),
};

const isMember = (key: string): key is keyof Action => Object.hasOwn(proofs, key);

/** Every action passes through here, so here one of them loses something. `without` is an expression of `action`. */
const loses = ({ name }: Action, what: string, without: string, proof: Proof): RemovedCheck => ({
  file: 'shared/actions/contract.ts',
  text: 'return action as unknown as Action;',
  replacement: `return (action.name === ${JSON.stringify(name)} ? ${without} : action) as unknown as Action;`,
  ...proof,
  why: `${name} loses ${what}`,
});

function members(action: Action): readonly RemovedCheck[] {
  return Object.keys(action).map((key) => {
    if (!isMember(key)) throw new Error(`${action.name} declares "${key}", and no test is named that fails without it`);
    return loses(action, key, `(({ ${key}: _, ...rest }) => rest)(action)`, proofs[key]);
  });
}

/** The entries of its lists, one by one. */
function entries(action: Action): readonly RemovedCheck[] {
  const lists = { targets: contract('a summary in the imperative'), ...{ decisive: fields, restores: fields } };
  const proven = Object.entries({ ...lists, volatile: fields, limits: documented });
  return proven.flatMap(([list, proof]) =>
    action[list as 'targets' | 'decisive' | 'restores' | 'volatile' | 'limits'].map((entry, at) =>
      loses(action, `${list} ${entry}`, `{ ...action, ${list}: action.${list}.toSpliced(${at}, 1) }`, proof),
    ),
  );
}

const facts = (action: Action): readonly RemovedCheck[] =>
  Object.keys(action.facts).map((fact) =>
    loses(
      action,
      `the fact ${fact}`,
      `{ ...action, facts: (({ ${fact}: _, ...rest }) => rest)(action.facts) }`,
      proofs.facts,
    ),
  );

const permissions = (action: Action): readonly RemovedCheck[] =>
  action.targets.flatMap((kind) =>
    (['read', 'write'] as const).flatMap((how) =>
      action
        .permissions(anyTarget(kind))
        [how].map(({ action: call, resource }, at) =>
          loses(
            action,
            `${call} on ${resource}`,
            `{ ...action, permissions: (target: Target) => { const all = action.permissions(target); return { ...all, ${how}: all.${how}.toSpliced(${at}, 1) }; } }`,
            { test: 'test/actions/iam.test.ts', name: 'needs no permission that it does not declare' },
          ),
        ),
    ),
  );

/** Made from the catalogue: an action that is added is proven with the rest. */
export const memberChecks: readonly RemovedCheck[] = catalogue.flatMap((action) => [
  ...members(action),
  ...entries(action),
  ...facts(action),
  ...permissions(action),
]);
