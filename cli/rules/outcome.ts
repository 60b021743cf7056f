import { plain } from '../../shared/report/text.ts';
import { shortHash } from '../../shared/respond/guardStatus.ts';
import type { Became } from './becomes.ts';

/** What became of an edit as one line, and whether it is the result or a complaint. */
export function outcomeLine(became: Became, stage: string): { readonly line: string; readonly good: boolean } {
  switch (became.kind) {
    case 'written':
      return {
        good: true,
        line: `It is live within a minute, unless it may not be: firebreak rules history --stage ${stage}`,
      };
    case 'live':
      return { good: true, line: `Rule set ${became.number} decides.` };
    case 'overwritten':
      return {
        good: false,
        line: `rule set ${became.number} decides, in which somebody else has written ${became.parameters.map((name) => plain(name)).join(', ')} after you: firebreak rules history --stage ${stage}`,
      };
    case 'waiting':
      return {
        good: false,
        line: `it waits for approval: firebreak rules approve ${became.hash.slice(0, shortHash)} --stage ${stage}`,
      };
    case 'not-live':
      return { good: false, line: `it is not live. The status says: ${plain(became.status, 2000)}` };
  }
}
