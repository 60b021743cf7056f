import type { Complaint } from '../document.ts';
import { compiledOf } from '../patterns.ts';
import type { Settings } from '../rule.ts';
import { everything } from './everything.ts';
import { targets } from './known.ts';

/** A protection that leaves nothing to contain by itself. */
export const lintProtected = ({ protected: patterns }: Settings): readonly Complaint[] =>
  patterns.flatMap((pattern, at) => {
    if (!everything(compiledOf(pattern), targets)) return [];
    const message = 'protects every target there is: nothing is ever changed without a person';
    const suggestion = 'name a kind, a cluster or a repository; to stop all changes write observeOnly: true';
    return [{ code: 'protects-everything' as const, path: `protected[${at}]`, message, suggestion }];
  });
