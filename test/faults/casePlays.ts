import { catalogue } from '../../shared/actions/catalogue.ts';
import { targetKey } from '../../shared/actions/contract.ts';
import { type ActionCase, actionCases } from '../actions/actionCase.ts';
import type { Play } from './play.ts';

const place = { account: '123456789012', region: 'us-east-1' };

function playOf({ action, finding, target, changes: { of, to }, pages = 0, undoAfter }: ActionCase): Play {
  const isDone = ({ settings }: Parameters<Play['done']>[0]): boolean => settings[of] === to;
  const own = catalogue.find(({ name }) => name === action);
  const canWait = own?.facts.canWait === true;
  return {
    name: action.slice(action.indexOf('.') + 1),
    title: `what ${action} is for`,
    begin: (stage) => stage.deliver(finding(stage)),
    incident: targetKey(target(place)),
    ends: { outcome: 'contained', pages, stands: [action], ...(canWait ? { says: / fixed, / } : {}) },
    done: isDone,
    ...(canWait ? { fixed: isDone } : {}),
    ...(own?.reversal.possible === false ? { irreversible: [of] } : {}),
    ...(undoAfter === undefined ? {} : { undoAfterSeconds: undoAfter }),
    mayChange: { settings: [of] },
  };
}

/** Each action that has a case, once a rule enforces it. */
export const casePlays: readonly Play[] = actionCases.map(playOf);
