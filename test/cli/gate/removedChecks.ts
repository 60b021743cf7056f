import { provenBy, type RemovedCheck } from '../../removedCheck.ts';

const forms = provenBy('test/cli/gate/forms.test.ts', 'cli/gate/');
const epss = provenBy('test/cli/gate/epss.test.ts', 'cli/gate/');
const command = provenBy('test/cli/gate/command.test.ts', 'cli/gate/');

/** What a gate prints stays text, and its exit says what it found. */
export const gateFormChecks: readonly RemovedCheck[] = [
  forms(
    'junit.ts',
    '=> htmlText(text, max);',
    '=> text.slice(0, max);',
    'whatever others wrote',
    'a vulnerability’s title ends its element, and adds a test that passed',
  ),
  forms(
    'sarif.ts',
    '.replace(/[\\\\[\\]]/g, (one) => `\\\\${one}`)',
    '',
    'no link that others wrote',
    'a vulnerability’s title becomes a link in the alert',
  ),
  forms(
    'lines.ts',
    '`${level.padEnd(8)}${check}: ${safe(message, 1000)}`',
    '`${level.padEnd(8)}${check}: ${message}`',
    'no line that others wrote',
    'a vulnerability’s title writes a verdict of its own',
  ),
  forms(
    'lines.ts',
    ': ${safe(first.message, 600)}`',
    ': ${first.message}`',
    'one sentence',
    'a vulnerability’s title moves the cursor',
  ),
  forms('result.ts', 'unknown: 2', 'unknown: 0', 'ends with its exit code', 'what cannot be told is deployed'),
  forms('result.ts', 'blocked: 1', 'blocked: 0', 'ends with its exit code', 'what is blocked is deployed'),
  epss(
    'epss.ts',
    'if (unlisted.length > 0) {',
    'if (unlisted.length > enhanced.length) {',
    'does not list what ECR has',
    'a rule that asks for a score takes nothing, and nobody is told',
  ),
  epss(
    'epss.ts',
    '              awsAccountId: equals(account),\n',
    '',
    'about this image alone',
    'an image of another account lends its score',
  ),
  command(
    'command.ts',
    '  referenceOf(image);\n',
    '',
    'what a shell would run',
    'a slip in the name is told after the stage was asked',
  ),
];
