import type {
  ChangePasswordRequest,
  CreateLoginProfileRequest,
  CreateLoginProfileResponse,
  DeleteLoginProfileRequest,
  GetLoginProfileRequest,
  GetLoginProfileResponse,
  LoginProfile,
  UpdateLoginProfileRequest,
} from '@aws-sdk/client-iam';
import type { AnyCaller } from '../../../iam/model.ts';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { subjectOf } from './caller.ts';
import { alreadyExists, noSuchEntity, validationError } from './errors.ts';
import { userNamed } from './names.ts';
import { digestPassword, isPassword, requireGoodPassword, withPassword } from './passwords.ts';
import { iamOf, onSubject, onUser } from './permissions.ts';
import { allowRootLogin, deleteRootLogin, isAboutRootLogin, rootLogin } from './root-login.ts';
import type { UserState } from './state.ts';
import { shownTime } from './times.ts';

type Stored = NonNullable<UserState['loginProfile']>;

function shown(userName: string, profile: Stored): LoginProfile {
  return {
    UserName: userName,
    CreateDate: shownTime(profile.createdAt),
    PasswordResetRequired: profile.resetRequired,
  };
}

/** @throws NoSuchEntity */
function profileOf(user: UserState): Stored {
  if (user.loginProfile === undefined) throw noSuchEntity(`Login Profile for User ${user.name} cannot be found.`);
  return user.loginProfile;
}

/** Login profiles are IAM users': root's is for sessions of AssumeRoot alone. Throws ValidationError. */
function userNameOf(userName: string | undefined, caller: AnyCaller): string {
  const subject = subjectOf(userName, caller);
  if (subject.kind === 'root') throw validationError('Must specify userName when calling with non-User credentials');
  return subject.name;
}

const createLoginProfile: ChangeOperation<CreateLoginProfileRequest, CreateLoginProfileResponse> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('CreateLoginProfile', UserName, facts)],
  handle(account, { UserName, Password, PasswordResetRequired = false }, call) {
    if (isAboutRootLogin(UserName, call.caller)) return { LoginProfile: allowRootLogin(account, call.now) };
    const user = userNamed(account.iam, userNameOf(UserName, call.caller));
    if (user.loginProfile !== undefined) throw alreadyExists(`Login Profile for user ${user.name} already exists.`);
    if (Password === undefined) throw validationError('Password is required to create a login profile.');
    requireGoodPassword(Password, account.iam.passwordPolicy);
    const profile = {
      createdAt: call.now,
      passwordDigest: digestPassword(Password, call),
      resetRequired: PasswordResetRequired,
    };
    user.loginProfile = profile;
    return { LoginProfile: shown(user.name, profile) };
  },
};

const getLoginProfile: ReadOperation<GetLoginProfileRequest, GetLoginProfileResponse> = {
  kind: 'read',
  permissions: ({ UserName }, facts) => [onSubject('GetLoginProfile', UserName, facts)],
  handle(account, { UserName }, call) {
    if (isAboutRootLogin(UserName, call.caller)) return { LoginProfile: rootLogin(account.iam) };
    const user = userNamed(account.iam, userNameOf(UserName, call.caller));
    return { LoginProfile: shown(user.name, profileOf(user)) };
  },
};

const updateLoginProfile: ChangeOperation<UpdateLoginProfileRequest, object> = {
  kind: 'change',
  permissions: ({ UserName = '' }, facts) => [onUser('UpdateLoginProfile', UserName, facts)],
  handle(account, { UserName = '', Password, PasswordResetRequired }, call) {
    const user = userNamed(account.iam, UserName);
    let profile = profileOf(user);
    if (Password !== undefined) {
      requireGoodPassword(Password, account.iam.passwordPolicy);
      profile = withPassword(profile, Password, account.iam.passwordPolicy, call);
    }
    user.loginProfile = { ...profile, resetRequired: PasswordResetRequired ?? profile.resetRequired };
    return {};
  },
};

const deleteLoginProfile: ChangeOperation<DeleteLoginProfileRequest, object> = {
  kind: 'change',
  permissions: ({ UserName }, facts) => [onSubject('DeleteLoginProfile', UserName, facts)],
  handle(account, { UserName }, call) {
    if (isAboutRootLogin(UserName, call.caller)) {
      deleteRootLogin(account);
      return {};
    }
    const user = userNamed(account.iam, userNameOf(UserName, call.caller));
    profileOf(user);
    delete user.loginProfile;
    return {};
  },
};

const changePassword: ChangeOperation<ChangePasswordRequest, object> = {
  kind: 'change',
  permissions(_request, facts) {
    if (facts.caller.kind !== 'user') {
      throw new AwsError('InvalidUserType', 'Only IAM Users can change their own password');
    }
    // The account's password policy may give every user this permission (IAM User Guide, "Set an account password policy").
    return iamOf(facts).passwordPolicy?.allowUsersToChangePassword
      ? []
      : [onUser('ChangePassword', facts.caller.name, facts)];
  },
  handle(account, { OldPassword = '', NewPassword = '' }, call) {
    const user = userNamed(account.iam, userNameOf(undefined, call.caller));
    const profile = profileOf(user);
    if (!isPassword(OldPassword, profile.passwordDigest, call.hashes)) {
      throw new AwsError('AccessDenied', 'The old password was incorrect.', { status: 403 });
    }
    requireGoodPassword(NewPassword, account.iam.passwordPolicy);
    user.loginProfile = {
      ...withPassword(profile, NewPassword, account.iam.passwordPolicy, call),
      resetRequired: false,
    };
    return {};
  },
};

export const loginProfileOperations = {
  CreateLoginProfile: createLoginProfile,
  GetLoginProfile: getLoginProfile,
  UpdateLoginProfile: updateLoginProfile,
  DeleteLoginProfile: deleteLoginProfile,
  ChangePassword: changePassword,
};
