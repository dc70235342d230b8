import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** A key of ours (客户管理密钥) that is rotated and never deleted, and these services may use in this account. */
export function customerKey(
  scope: Construct,
  name: string,
  { description, alias, services = [] }: { readonly description: string; readonly alias?: string; readonly services?: readonly string[] },
): Key {
  const key = new Key(scope, `${name}-key`, { description, ...(alias ? { alias } : {}), enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });
  for (const service of services) {
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
      }),
    );
  }
  return key;
}
