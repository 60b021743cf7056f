import { catalogue } from '../../shared/actions/catalogue.ts';
import { type ActionCase, actionCases, endsAs, incidentIn } from '../actions/actionCase.ts';
import type { Play } from './play.ts';

const place = { account: '123456789012', region: 'us-east-1' };

const shortName = (action: string): string => action.slice(action.indexOf('.') + 1);

/** Two actions may do the same by two services: then each play has the whole name. */
const playName = (action: string): string =>
  actionCases.filter((one) => shortName(one.action) === shortName(action)).length === 1 ? shortName(action) : action;

function playOf(its: ActionCase): Play {
  const {
    action,
    finding,
    changes: { of, to },
    pages = 0,
    services = [],
    hosts = [],
    undoAfter,
  } = its;
  const isDone = ({ settings }: Parameters<Play['done']>[0]): boolean => settings[of] === to;
  const own = catalogue.find(({ name }) => name === action);
  const canWait = own?.facts.canWait === true;
  return {
    name: playName(action),
    title: `what ${action} is for`,
    begin: (stage) => stage.deliver(finding(stage)),
    incident: incidentIn(its, place),
    ends: {
      outcome: own === undefined ? 'contained' : endsAs(own.facts),
      pages,
      stands: [action],
      ...(canWait ? { says: / fixed, / } : {}),
    },
    done: isDone,
    ...(canWait ? { fixed: isDone } : {}),
    ...(own?.reversal.possible === false ? { irreversible: [of] } : {}),
    ...(undoAfter === undefined ? {} : { undoAfterSeconds: undoAfter }),
    mayChange: { settings: [of], services, hosts },
  };
}

/** Each action that has a case, once a rule enforces it. */
export const casePlays: readonly Play[] = actionCases.map(playOf);
