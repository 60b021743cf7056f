/** From which the order of a plan follows; shared code never asks for an action's name. */
export interface ActionFacts {
  /** Position in "evidence, traffic, workload, role, secrets, clean tasks, image, host, hygiene". */
  readonly phase: 'evidence' | 'traffic' | 'workload' | 'role' | 'secrets' | 'start' | 'image' | 'host' | 'hygiene';
  /** False for what only reads the account (evidence): it owns no target and needs no undo. */
  readonly changes: boolean;
  readonly destroysEvidence: boolean;
  readonly needsWorkloadGone: boolean;
  readonly issuesFreshCredentials: boolean;
  /** It moves what runs on a host somewhere else, before something is done to the host. */
  readonly emptiesHost?: true;
  /** It may end what runs on its host: where a step of the same plan empties that first, it waits for it, and needs it done. */
  readonly needsHostEmpty?: true;
  /** Whether the incident counts as contained by this action's `verify`; false for evidence, and for what only goes along. */
  readonly contains: boolean;
  /**
   * It contains nobody by itself, and takes something from somebody all the same, for as long as an incident needs it: it has a lease, and a
   * release gives it back.
   */
  readonly lends?: true;
  /**
   * Nobody is at work where it contains: the message says fixed, what it could not do is as it was before and waits for working hours
   * (degraded, not a page), and what it changed is meant to stay, so that no lease asks about it.
   */
  readonly canWait?: true;
}

/** Of an action that fixes configuration where nobody is inside yet. */
export const fixFacts: ActionFacts = {
  phase: 'hygiene',
  changes: true,
  destroysEvidence: false,
  needsWorkloadGone: false,
  issuesFreshCredentials: false,
  contains: true,
  canWait: true,
};

/** Of one that deploys a service: the tasks that are replaced take their file systems with them. */
export const deployFacts: ActionFacts = { ...fixFacts, destroysEvidence: true };

/** Of its part that puts the service back where that does not come up. */
export const putBackFacts: ActionFacts = {
  phase: 'hygiene',
  changes: true,
  destroysEvidence: true,
  needsWorkloadGone: false,
  issuesFreshCredentials: false,
  contains: false,
};
