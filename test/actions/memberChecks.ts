import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action } from '../../shared/actions/contract.ts';
import type { ActionFacts } from '../../shared/actions/facts.ts';
import { anyTarget } from '../../tools/anyTarget.ts';
import type { RemovedCheck } from '../removedCheck.ts';
import { entryProofs, optionalFactProofs, type Proof, permissionProof, proofs } from './memberProofs.ts';

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

const lists = Object.keys(entryProofs) as readonly (keyof typeof entryProofs)[];

/** The entries of its lists, one by one. */
const entries = (action: Action): readonly RemovedCheck[] =>
  lists.flatMap((list) =>
    action[list].map((entry, at) =>
      loses(
        action,
        `${list} ${entry}`,
        `{ ...action, ${list}: action.${list}.toSpliced(${at}, 1) }`,
        entryProofs[list],
      ),
    ),
  );

const isFact = (key: string): key is keyof ActionFacts => Object.hasOwn(optionalFactProofs, key);

const facts = (action: Action): readonly RemovedCheck[] =>
  Object.keys(action.facts).map((fact) =>
    loses(
      action,
      `the fact ${fact}`,
      `{ ...action, facts: (({ ${fact}: _, ...rest }) => rest)(action.facts) }`,
      (isFact(fact) && optionalFactProofs[fact]) || proofs.facts,
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
            `{ ...action, permissions: (target: Target, chosen?: JsonObject) => { const all = action.permissions(target, chosen); return { ...all, ${how}: all.${how}.toSpliced(${at}, 1) }; } }`,
            permissionProof,
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
