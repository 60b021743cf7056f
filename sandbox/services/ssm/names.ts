import { type Account, AwsError, type Needed } from '../../account.ts';

const refused = (message: string): AwsError => new AwsError('ValidationException', message);

/** Checks a new parameter's name as PutParameter does. */
export function checkName(name: string): void {
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(name)) {
    throw refused('Parameter name: only a mix of letters, numbers and the symbols .-_/ is allowed.');
  }
  if (/^\/?(aws|ssm)/i.test(name)) {
    throw refused('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).');
  }
  if (name.includes('/') && !name.startsWith('/')) {
    throw refused('Parameter name must be a fully qualified name.');
  }
  if (name.endsWith('/') || name.includes('//')) throw refused('Parameter name: the path has an empty part.');
  if (name.length > 1011) throw refused('Parameter name: it can be at most 1011 characters long.');
  if (name.split('/').length - 1 > 15) {
    throw new AwsError('HierarchyLevelLimitExceededException', 'A hierarchy can have a maximum of 15 levels.');
  }
}

/** The ARN leaves out the slash that a hierarchical name begins with. */
export const arnOf = (account: Account, name: string): string =>
  `arn:aws:ssm:${account.region}:${account.id}:parameter/${name.replace(/^\//, '')}`;

/** The names that a name or an ARN may stand for: an ARN does not tell whether there was a slash. */
export function nameIn(nameOrArn: string): readonly string[] {
  if (!nameOrArn.startsWith('arn:')) return [nameOrArn];
  const name = nameOrArn.slice(nameOrArn.indexOf(':parameter/') + ':parameter/'.length);
  return [`/${name}`, name];
}

/** A name, and what may follow it after a colon: a version number or a label. */
export function parseSelector(text: string): { readonly name: string; readonly selector: string | undefined } {
  const colon = text.startsWith('arn:') ? text.indexOf(':', text.indexOf(':parameter/') + 1) : text.indexOf(':');
  return colon < 0
    ? { name: text, selector: undefined }
    : { name: text.slice(0, colon), selector: text.slice(colon + 1) };
}

/** What IAM is asked for an operation on parameters by name. */
export const onParameters = (account: Account, action: string, names: readonly string[]): readonly Needed[] =>
  names.map((text) => {
    const { name } = parseSelector(text);
    return { action: `ssm:${action}`, resource: name.startsWith('arn:') ? name : arnOf(account, name) };
  });
