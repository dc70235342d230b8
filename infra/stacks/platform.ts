import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CorsHttpMethod, HttpApi, HttpAuthorizer, HttpAuthorizerType, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { TABLES, type TableDefinition } from '../../functions/kernel/dynamodb/tables.ts';
import { customerKey } from '../constructs/customer-key.ts';
import type { Place } from '../constructs/deployed-function.ts';

/** What a province has once (平台): keys, tables, bus, gateway, alarms. */
export class PlatformStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { readonly place: Omit<Place, 'keys'> }) {
    super(scope, id, props);
    const { place } = props;
    const { names, province } = place;

    const dataKey = customerKey(this, 'data', { description: 'Tables, queues, topics and schedules.', services: ['events', 'sns', 'cloudwatch', 'scheduler'] });
    const ringKey = customerKey(this, 'ring', { description: 'The secret under which data keys of sealed fields are wrapped.', alias: names.aliases.ring });
    const pseudonymKey = customerKey(this, 'pseudonym', { description: 'The secret of pseudonyms.', alias: names.aliases.pseudonym });

    const alarms = new Topic(this, 'alarms', { topicName: names.alarms.name, masterKey: dataKey, enforceSSL: true });
    alarms.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [alarms.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    const ledger = this.#table('ledger', names.ledger.name, dataKey, RECOVERY_DAYS);
    this.#table('views', names.views.name, dataKey, RECOVERY_DAYS);
    this.#table('keys', names.keys.name, dataKey, 1);

    const bus = new EventBus(this, 'bus', { eventBusName: names.bus.name, kmsKey: dataKey });
    bus.archive('archive', {
      archiveName: names.named('archive'),
      eventPattern: { source: place.contexts.map((context) => `jianheng.${context}`) },
      retention: Duration.days(province.sizes.archiveDays),
      kmsKey: dataKey,
    });

    const { api, authorizer } = this.#gateway(place);
    const told: Readonly<Record<keyof typeof names.parameters, string>> = {
      api,
      authorizer,
      ledgerStream: ledger.tableStreamArn as string,
      dataKey: dataKey.keyArn,
      ringKey: ringKey.keyArn,
      pseudonymKey: pseudonymKey.keyArn,
    };
    for (const [name, stringValue] of Object.entries(told)) {
      new StringParameter(this, `parameter-${name}`, { parameterName: names.parameters[name as keyof typeof told], stringValue });
    }
  }

  #table(name: keyof typeof TABLES, tableName: string, encryptionKey: Key, recoveryPeriodInDays: number): Table {
    const definition: TableDefinition = TABLES[name];
    const attribute = (key: { readonly name: string }) => ({ name: key.name, type: AttributeType.STRING });
    const table = new Table(this, name, {
      tableName,
      partitionKey: attribute(definition.partitionKey),
      ...(definition.sortKey ? { sortKey: attribute(definition.sortKey) } : {}),
      ...(definition.stream ? { stream: StreamViewType[definition.stream] } : {}),
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey,
      deletionProtection: true,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const { name: indexName, partitionKey, sortKey, projection } of definition.indexes) {
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: attribute(partitionKey),
        sortKey: attribute(sortKey),
        projectionType: ProjectionType[projection],
      });
    }
    return table;
  }

  #gateway({ names, province }: Omit<Place, 'keys'>): { api: string; authorizer: string } {
    const api = new HttpApi(this, 'api', {
      apiName: names.named('api'),
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: ['*'],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
        allowHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'delegation'],
        exposeHeaders: ['etag', 'retry-after'],
        maxAge: Duration.hours(1),
      },
    });
    const requests = new LogGroup(this, 'requests', {
      logGroupName: `/jianheng/${province.code}/requests`,
      retention: RetentionDays.SIX_MONTHS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new HttpStage(this, 'stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: province.sizes.throttle.rate, burstLimit: province.sizes.throttle.burst },
      accessLogSettings: { destination: new LogGroupLogDestination(requests) },
    });
    const authorizer = new HttpAuthorizer(this, 'authorizer', {
      httpApi: api,
      type: HttpAuthorizerType.JWT,
      identitySource: ['$request.header.Authorization'],
      jwtIssuer: province.identity.issuer,
      jwtAudience: [province.identity.audience],
    });
    return { api: api.apiId, authorizer: authorizer.authorizerId };
  }
}

/** Days to which the ledger and the views can be set back. What was erased from the keys' table comes back for one day at most. */
const RECOVERY_DAYS = 35;
