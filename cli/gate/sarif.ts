import type { Level, Reason } from '../../shared/plan/gate/verdict.ts';
import { plain } from '../../shared/report/text.ts';
import type { Gated } from './gate.ts';
import { exitOf, reasonsOf } from './result.ts';

const levels: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  block: 'error',
  unknown: 'error',
  warn: 'warning',
  note: 'note',
};

/** A message is Markdown of a kind: `[text](target)` would become a link (SARIF 2.1.0, 3.11.6). What others wrote stays text. */
const messageText = (text: string, max = 2000): string => plain(text, max).replace(/[\\[\]]/g, (one) => `\\${one}`);

/** A reason's rule of the pack, else its code. */
const ruleIdOf = ({ code, rule }: Reason): string => (rule === null ? code : `${code}/${rule.name}`);

/** Code scanning shows a result at a file: the image's name stands for one, as other scanners of images do it. */
const uriOf = ({ reference: { registry, repository } }: Gated): string =>
  `${registry}/${repository}`.split('/').map(encodeURIComponent).join('/');

/** SARIF 2.1.0 (OASIS), one result for each reason. */
export function sarifOf(gated: Gated): object {
  const reasons = reasonsOf(gated);
  const ids = [...new Set(reasons.map(ruleIdOf))].sort();
  const uri = uriOf(gated);
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'firebreak gate',
            rules: ids.map((id) => ({ id, shortDescription: { text: `firebreak gate: ${id}` } })),
          },
        },
        results: reasons.map((reason) => ({
          ruleId: ruleIdOf(reason),
          ruleIndex: ids.indexOf(ruleIdOf(reason)),
          level: levels[reason.level],
          message: { text: messageText(`${reason.message} ${reason.mend}`.trimEnd()) },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
              logicalLocations: [{ fullyQualifiedName: plain(reason.place), kind: 'resource' }],
            },
          ],
          // The same reason of the same repository is the same alert tomorrow, whichever digest it has then.
          partialFingerprints: { 'firebreakGate/v1': `${uri} ${ruleIdOf(reason)}` },
          properties: { check: reason.check, level: reason.level, total: reason.total },
        })),
        properties: { verdict: gated.verdict.verdict, exit: exitOf(gated.verdict), checkedAt: gated.at.toISOString() },
      },
    ],
  };
}
