/** Everything the sandbox's Facebook remembers; one JSON document. */
export type PermissionStatus = 'granted' | 'declined' | 'expired';

export interface PersonState {
  permissions: Record<string, PermissionStatus>;
  /** Pages ticked in the dialog; null stands for every Page, present and future. */
  selectedPages: string[] | null;
  consentedAtMs: number | null;
  checkpointed: boolean;
  unconfirmed: boolean;
  /** Pages, and ad accounts by their bare id. */
  lostRoles: string[];
}

export interface DeadToken {
  subcode: number;
  /** What a control call has killed, `restore` may revive; what the app itself gave up stays dead. */
  by: 'control' | 'app';
}

export interface TokenRecord {
  value: string;
  kind: 'user' | 'page';
  personId: string;
  pageId?: string;
  longLived: boolean;
  issuedAtMs: number;
  /** Null: never. */
  expiresAtMs: number | null;
  /** The user token that a Page token was read with. */
  readWith?: string;
  dead?: DeadToken;
}

export interface CodeRecord {
  value: string;
  personId: string;
  redirectUri: string;
  issuedAtMs: number;
  used: boolean;
}

export interface PostRecord {
  id: string;
  pageId: string;
  personId: string;
  message: string;
  link?: string;
  createdAtMs: number;
}

export interface FacebookSwitches {
  /** "Require App Secret": calls without appsecret_proof are refused. */
  requireAppSecret: boolean;
  /** Documentation says `true`, newer Graph versions answer an object. */
  deletePermissionsAnswer: 'object' | 'true';
  /** Leaves `error_subcode` out of code 190, as some hosts do. */
  omitSubcodes: boolean;
  /** How long after a consent the app may read the person's data, for permissions that are not exempt. */
  dataAccessDays: number;
  /** After that time `instagram_*` permissions are refused; false: only `debug_token` tells. */
  dataAccessEnds: boolean;
  /** Permissions of every `config_id`, with commas. */
  configScopes: string;
}

export interface FacebookState {
  people: Record<string, PersonState>;
  tokens: TokenRecord[];
  codes: CodeRecord[];
  appTokens: string[];
  posts: PostRecord[];
  postSerial: number;
  switches: FacebookSwitches;
}

export function emptyFacebookState(): FacebookState {
  return {
    people: {},
    tokens: [],
    codes: [],
    appTokens: [],
    posts: [],
    postSerial: 0,
    switches: {
      requireAppSecret: true,
      deletePermissionsAnswer: 'object',
      omitSubcodes: false,
      dataAccessDays: 90,
      dataAccessEnds: true,
      configScopes: 'pages_show_list,pages_manage_posts,pages_read_engagement,business_management',
    },
  };
}

export function emptyPersonState(): PersonState {
  return {
    permissions: {},
    selectedPages: null,
    consentedAtMs: null,
    checkpointed: false,
    unconfirmed: false,
    lostRoles: [],
  };
}
