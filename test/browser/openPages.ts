import { attachResourcePolicy } from '../../sandbox/iam/resourcePolicies.ts';
import type { RunningAccount } from '../../sandbox/kernel/kernel.ts';
import { createFunctionUrl } from '../../sandbox/services/lambda/url/state.ts';
import { bundledHandler } from '../sandbox/bundledHandler.ts';
import { addFunction, smallAccount } from '../sandbox/lambda/accountWithFunction.ts';
import { policyOf } from '../sandbox/services/throughDoor.ts';

/** An account with one function behind a URL that is open to everybody. */
export async function openPages(handler: string): Promise<RunningAccount & { readonly url: string }> {
  const running = await smallAccount();
  addFunction(running, await bundledHandler(handler), { timeoutSeconds: 30 });
  const { url, functionArn } = createFunctionUrl(running.account, 'fn');
  const open = (Action: string, Condition: object) =>
    attachResourcePolicy(
      running.account,
      functionArn,
      policyOf({ Effect: 'Allow', Principal: '*', Action, Resource: functionArn, Condition }),
    );
  open('lambda:InvokeFunctionUrl', { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } });
  open('lambda:InvokeFunction', { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } });
  return { ...running, url };
}
