import type { PlatformType } from '@aws-sdk/client-ssm';
import { type Account, AwsError } from '../../../account.ts';

type Parameters = Readonly<Record<string, readonly string[]>>;

interface ParameterRule {
  readonly isRequired?: boolean;
  /** What its values look like. */
  readonly pattern?: RegExp;
}

/** A document of AWS's that Run Command knows by its name. */
export interface CommandDocument {
  readonly name: string;
  readonly platforms: readonly PlatformType[];
  readonly parameters: Readonly<Record<string, ParameterRule>>;
  /** The parameter that says how many seconds it may run, and how many it may otherwise. */
  readonly timeout: { readonly parameter: string; readonly usual: number; readonly most: number };
  readonly isPatching: boolean;
  /** Its steps, in order, each of one platform or of all. */
  readonly steps: readonly { readonly name: string; readonly platform?: PlatformType }[];
}

const GUID = /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

const PATCHING = {
  Operation: { isRequired: true, pattern: /^(?:Scan|Install)$/ },
  RebootOption: { pattern: /^(?:RebootIfNeeded|NoReboot)$/ },
  SnapshotId: { pattern: GUID },
  StepTimeoutSeconds: { pattern: /^\d+$/ },
};
const STEP_TIMEOUT = { parameter: 'StepTimeoutSeconds', usual: 7200, most: 36_000 };

const DOCUMENTS: readonly CommandDocument[] = [
  {
    name: 'AWS-RunShellScript',
    platforms: ['Linux', 'MacOS'],
    parameters: {
      commands: { isRequired: true },
      executionTimeout: { pattern: /^\d+$/ },
      workingDirectory: {},
    },
    timeout: { parameter: 'executionTimeout', usual: 3600, most: 172_800 },
    isPatching: false,
    steps: [{ name: 'aws:runShellScript' }],
  },
  {
    name: 'AWS-RunPatchBaseline',
    platforms: ['Linux', 'MacOS', 'Windows'],
    parameters: { ...PATCHING, AssociationId: {}, BaselineOverride: {}, InstallOverrideList: {} },
    timeout: STEP_TIMEOUT,
    isPatching: true,
    steps: [
      { name: 'PatchWindows', platform: 'Windows' },
      { name: 'PatchLinux', platform: 'Linux' },
      { name: 'PatchMacOS', platform: 'MacOS' },
    ],
  },
  {
    name: 'AWS-RunPatchBaselineWithHooks',
    platforms: ['Linux', 'Windows'],
    parameters: { ...PATCHING, PreInstallHookDocName: {}, PostInstallHookDocName: {}, OnExitHookDocName: {} },
    timeout: STEP_TIMEOUT,
    isPatching: true,
    steps: [
      { name: 'PatchWindows', platform: 'Windows' },
      { name: 'PatchLinux', platform: 'Linux' },
    ],
  },
];

/** By name or ARN. Throws AwsError InvalidDocument, and InvalidDocumentVersion for a version that it has not. */
export function documentNamed(nameOrArn: string, version = '$DEFAULT'): CommandDocument {
  const found = DOCUMENTS.find(({ name }) => name === nameOrArn || nameOrArn.endsWith(`::document/${name}`));
  if (found === undefined) throw new AwsError('InvalidDocument', `Document with name ${nameOrArn} does not exist.`);
  if (version !== '$DEFAULT' && version !== '$LATEST' && version !== '1') {
    throw new AwsError('InvalidDocumentVersion', `The document ${found.name} has no version ${version}.`);
  }
  return found;
}

/** What IAM is asked: documents of AWS's have no account in their ARN. */
export function documentArn(account: Account, nameOrArn: string): string {
  if (nameOrArn.startsWith('arn:')) return nameOrArn;
  const isAmazons = DOCUMENTS.some(({ name }) => name === nameOrArn);
  return `arn:aws:ssm:${account.region}:${isAmazons ? '' : account.id}:document/${nameOrArn}`;
}

const refused = (message: string): AwsError => new AwsError('InvalidParameters', message);

/** Throws AwsError InvalidParameters: one that is not the document's, one that is missing, a value of another form. */
export function checkParameters(document: CommandDocument, given: Parameters): void {
  for (const [name, values] of Object.entries(given)) {
    const rule = Object.hasOwn(document.parameters, name) ? document.parameters[name] : undefined;
    if (rule === undefined) throw refused(`Parameter "${name}" is not defined in the document ${document.name}.`);
    const bad = values.find((value) => rule.pattern !== undefined && !rule.pattern.test(value));
    if (bad !== undefined)
      throw refused(`Parameter "${name}" has the value "${bad}", which the document does not allow.`);
  }
  for (const [name, { isRequired }] of Object.entries(document.parameters)) {
    if (isRequired && (given[name]?.length ?? 0) === 0) throw refused(`Parameter "${name}" requires a value.`);
  }
  const { parameter, most } = document.timeout;
  const seconds = Number(given[parameter]?.[0] ?? 1);
  if (seconds < 1 || seconds > most) throw refused(`Parameter "${parameter}" must be from 1 to ${most}.`);
}

/** Seconds that a node has for it. */
export const executionSecondsOf = ({ timeout }: CommandDocument, given: Parameters): number =>
  Number(given[timeout.parameter]?.[0] ?? timeout.usual);
