/** DeleteSecret, RestoreSecret, and the deletion when the recovery window is over. */
import type {
  DeleteSecretRequest,
  DeleteSecretResponse,
  RestoreSecretRequest,
  RestoreSecretResponse,
} from '@aws-sdk/client-secrets-manager';
import type { Clockwork } from '../../clockwork.ts';
import { changing } from '../../process.ts';
import type { ChangeOperation } from '../../service.ts';
import { invalidParameter, invalidRequest, notFound } from './errors.ts';
import { anySecretOf, readSecretId, secretArn, secretKey, secretNamed } from './secret-names.ts';
import { newSuffix } from './suffix.ts';

const day = 86_400_000;

export const deleteSecret: ChangeOperation<DeleteSecretRequest, DeleteSecretResponse> = {
  kind: 'change',
  handle(account, input, call) {
    const { ForceDeleteWithoutRecovery: isForced = false, RecoveryWindowInDays: days } = input;
    if (isForced && days !== undefined) {
      throw invalidParameter("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days !== undefined && (days < 7 || days > 30)) {
      throw invalidParameter('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
    }
    const { region } = call.request;
    const named = readSecretId(input.SecretId ?? '', { accountId: account.id, region });
    const { secrets } = account.secretsmanager;
    const secret = named.accountId === account.id ? secretNamed(secrets, named) : undefined;
    const { now } = call;
    if (isForced) {
      // Deleting by force what is not there is no error.
      const { name } = named;
      const arn = secretArn(account.id, secret ?? { region, name, suffix: named.suffix ?? newSuffix(call.random) });
      if (secret !== undefined) delete secrets[secretKey(region, secret.name)];
      return { ARN: arn, Name: name, DeletionDate: new Date(now) };
    }
    if (secret === undefined) throw notFound();
    if (secret.deletionAt !== undefined) {
      throw invalidRequest(
        "You can't perform this operation on the secret because it was already scheduled for deletion.",
      );
    }
    secret.deletionAt = now + (days ?? 30) * day;
    return {
      ARN: secretArn(account.id, secret),
      Name: secret.name,
      DeletionDate: new Date(secret.deletionAt),
    };
  },
};

export const restoreSecret: ChangeOperation<RestoreSecretRequest, RestoreSecretResponse> = {
  kind: 'change',
  handle(account, input, call) {
    const secret = anySecretOf(account, input.SecretId, call.request.region);
    delete secret.deletionAt;
    return { ARN: secretArn(account.id, secret), Name: secret.name };
  },
};

/** Secrets go when their recovery window is over. */
export const deletionOfSecrets: Clockwork = {
  nextDue(world) {
    let next: number | undefined;
    for (const { secretsmanager } of Object.values(world.accounts)) {
      for (const { deletionAt } of Object.values(secretsmanager.secrets)) {
        if (deletionAt !== undefined && (next === undefined || deletionAt < next)) next = deletionAt;
      }
    }
    return next;
  },
  *tick({ now, world }) {
    const isDue = (at: number | undefined) => at !== undefined && at <= now;
    for (const { id, secretsmanager } of Object.values(world.accounts)) {
      if (!Object.values(secretsmanager.secrets).some(({ deletionAt }) => isDue(deletionAt))) continue;
      yield* changing(id, (draft) => {
        const { secrets } = draft.secretsmanager;
        for (const [key, { deletionAt }] of Object.entries(secrets)) if (isDue(deletionAt)) delete secrets[key];
      });
    }
  },
};
