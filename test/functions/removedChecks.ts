import type { RemovedCheck } from '../removedCheck.ts';

/** What the functions add to shared/: their environment, what they store, and whose credentials they take. */
export const functionChecks: readonly RemovedCheck[] = [
  {
    file: 'functions/effects.ts',
    text: 'inForce(parseRuleSet(text, effects.catalogue))',
    replacement: 'parseRuleSet(text, effects.catalogue)',
    test: 'test/functions/effects.test.ts',
    why: 'what was stopped by the settings goes on',
  },
  {
    file: 'functions/effects.ts',
    text: '      if (sha256Hex(body) !== hash) throw new Error(`Body ${hash} is not what was written`);\n',
    replacement: '',
    test: 'test/functions/effects.test.ts',
    why: 'a plan that somebody else has put in the place of ours decides',
  },
  {
    file: 'functions/effects.ts',
    text: '`evidence/${incidentHash(incident)}/${run}/${round}/${name}`',
    replacement: '`evidence/${incident}/${run}/${round}/${name}`',
    test: 'test/functions/effects.test.ts',
    why: 'the name of an incident leads out of its folder',
  },
  {
    file: 'functions/effects.ts',
    text: '/${run}/${round}/${name}`',
    replacement: '/${round}/${name}`',
    test: 'test/functions/effects.test.ts',
    why: 'a later run writes over what an earlier one found',
  },
  {
    file: 'functions/effects.ts',
    text: '/${run}/${round}/${name}`',
    replacement: '/${run}/${name}`',
    test: 'test/functions/effects.test.ts',
    why: 'a later round writes what is left after the containment over what was there before',
  },
  {
    file: 'functions/effects.ts',
    text: 'policy: sessionPolicy(permissions),',
    replacement: 'policy: sessionPolicy([]),',
    test: 'test/functions/effects.test.ts',
    why: 'a session is cut down to something else than the permissions of its step',
  },
  {
    file: 'functions/environment.ts',
    text: 'iam::\\{account\\}:role',
    replacement: 'iam::[^:]+:role',
    test: 'test/functions/start.test.ts',
    why: 'a target of another account is acted upon in the account that the variable names',
  },
  {
    file: 'functions/environment.ts',
    text: '/^(enforce|observe)$/',
    replacement: '/./',
    test: 'test/functions/start.test.ts',
    why: 'a mode that is neither enforce nor observe starts the guard',
  },
];
