import type { RemovedCheck } from '../removedCheck.ts';

/** What keeps a function's URL as closed as it is on AWS, and the account behind the door closed to who may reach a URL. */
export const urlChecks: readonly RemovedCheck[] = [
  {
    file: 'sandbox/services/lambda/url/ask.ts',
    text: "const NEEDED = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'];",
    replacement: "const NEEDED = ['lambda:InvokeFunctionUrl'];",
    test: 'test/sandbox/lambda/url/ask.test.ts',
    name: 'without lambda:InvokeFunction',
    why: 'A console that answers here would answer 403 in an account.',
  },
  {
    file: 'sandbox/services/lambda/url/ask.ts',
    text: 'url !== undefined && allowed(account, url) ?',
    replacement: 'url !== undefined ?',
    test: 'test/sandbox/lambda/url/ask.test.ts',
    name: 'without any permission',
    why: 'Permissions that the template forgets would not be missed.',
  },
  {
    file: 'sandbox/services/lambda/url/ask.ts',
    text: '  if (Buffer.byteLength(JSON.stringify(event)) > LARGEST_PAYLOAD) return tooLarge;\n',
    replacement: '',
    test: 'test/sandbox/lambda/url/ask.test.ts',
    name: 'is 413 to more than an invocation takes',
    why: 'A function would be handed here what Lambda never hands it.',
  },
  {
    file: 'sandbox/services/lambda/url/ask.ts',
    text: '  if (url !== undefined) measure(account, url, answer.status);\n',
    replacement: '',
    test: 'test/sandbox/lambda/url/ask.test.ts',
    name: 'is counted',
    why: 'An alarm on what a console answers would never be raised here.',
  },
  {
    file: 'sandbox/services/lambda/url/response.ts',
    text: '  if (!success) return undefined;\n',
    replacement: '  if (!success) return urlAnswer(null);\n',
    test: 'test/sandbox/lambda/url/response.test.ts',
    name: 'is malformed with a body that is no text',
    why: 'An answer that AWS turns into a 502 would look well here.',
  },
  {
    file: 'sandbox/door/door.ts',
    text: '    if (sent) return answerPublic(account, sent);\n    if (isControl(request)) return answerControl(account, request);\n',
    replacement:
      '    if (isControl(request)) return answerControl(account, request);\n    if (sent) return answerPublic(account, sent);\n',
    test: 'test/sandbox/lambda/url/ask.test.ts',
    name: 'never reaches the control endpoint',
    why: 'Any page in a browser on this machine could drive the account under the name of a function URL.',
  },
];
