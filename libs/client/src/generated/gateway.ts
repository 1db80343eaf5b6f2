// Made by `nx run @mooring/client:generate`; not to be edited.
export interface paths {
    "/v1/connect-sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a connect session is; for the one who began it */
        get: operations["getConnectSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connect-sessions/{sessionId}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take what the browser brought back
         * @description Answers the accounts to choose from; a reconnect needs no choice and is carried out at once. A session that failed answers its problem. Claiming again with the same code answers the same.
         */
        post: operations["claimConnectSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connect-sessions/{sessionId}/selection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connect the chosen accounts
         * @description A session that is still `activating` in the answer finishes by itself.
         */
        post: operations["selectAccounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All about one connection */
        get: operations["getConnection"];
        put?: never;
        post?: never;
        /** Disconnect; connecting the account again restores it */
        delete: operations["disconnectConnection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the platform now whether the connection lives */
        post: operations["checkConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/disconnect-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What disconnecting would do */
        get: operations["previewDisconnect"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to a connection, newest first */
        get: operations["listConnectionEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the platform shows as posted by the account, newest first
         * @description `not_supported` (404) where the platform lets no app read it; `connection_not_usable` (409).
         */
        get: operations["listRecentPosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/reconnect-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to reconnect this account
         * @description Goes on as a connect session does; only the same account is accepted, and there is no choice to make.
         */
        post: operations["createReconnectSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections/{connectionId}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Renew the access now */
        post: operations["refreshConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hubs/{hubId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make or change a hub */
        put: operations["putHub"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/hubs/{hubId}/admins/{subject}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a person a hub admin, or change what is known of one */
        put: operations["putHubAdmin"];
        post?: never;
        /** Take a hub admin's rights back */
        delete: operations["removeHubAdmin"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who I am, and where I may go */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/platforms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What can be connected here, what it needs, and why not */
        get: operations["listPlatforms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/platforms/readiness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the operator’s apps at the platforms are in order
         * @description For services with `platforms:read`, and for people who administer a hub.
         */
        get: operations["getPlatformsReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspaceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make or change a workspace */
        put: operations["putWorkspace"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspaceId}/connect-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to connect accounts of a platform
         * @description The browser opens `startUrl` and comes back to `returnUrl#session=…&result=…`, on success and on failure; the person who began then claims the session with both values.
         */
        post: operations["createConnectSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspaceId}/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections of a workspace, attention first */
        get: operations["listConnections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspaceId}/connections/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many connections are in which status */
        get: operations["summarizeConnections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workspaces/{workspaceId}/members/{subject}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Add a person to a workspace, or change role and address */
        put: operations["putMember"];
        post?: never;
        /** Take a person out of a workspace */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description The one action that mends it
         * @enum {string}
         */
        Action: "reconnect" | "grant_permissions" | "restore_role" | "open_platform" | "contact_support";
        AttemptStarted: {
            /**
             * Format: uuid
             * @description `ConnectionChecked` or `ConnectionRefreshed` with this attempt id tells the end, also when nothing changed.
             */
            attemptId: string;
        };
        /** @enum {string} */
        Capability: "publish" | "analytics" | "messages" | "ads" | "comments";
        /**
         * @description `unknown`: the platform does not say which permissions were granted
         * @enum {string}
         */
        CapabilityState: "granted" | "missing" | "unknown";
        CapabilityStateView: {
            capability: components["schemas"]["Capability"];
            /** @description Permissions that it lacks, as the platform names them */
            missingScopes: string[];
            /** @description `unknown`: the platform does not say which permissions were granted */
            state: components["schemas"]["CapabilityState"];
        };
        ChosenAccount: {
            accountId: string;
            /**
             * @description What is connected; more may come
             * @example facebook_page
             */
            kind: string;
        };
        ClaimBody: {
            /** @description The one-time code `result` of the return address */
            result: string;
        };
        ConnectFailure: {
            /** @description The next step */
            action: components["schemas"]["ProblemAction"];
            code: components["schemas"]["ProblemCode"];
            /** @description Support finds the log lines by it. */
            diagnosticId: string;
            /** @description The message to people */
            message: string;
        };
        ConnectionAbilities: {
            check: boolean;
            disconnect: boolean;
            reconnect: boolean;
            refresh: boolean;
        };
        ConnectionDetail: {
            /** @description What the caller may do with it now */
            abilities: components["schemas"]["ConnectionAbilities"];
            /** @description The platform's own id of the account */
            accountId: string;
            /** @description The one action that mends it */
            action: components["schemas"]["Action"] | null;
            avatarUrl: string | null;
            /** @description What the granted permissions are enough for */
            capabilities: components["schemas"]["CapabilityStateView"][];
            /** Format: date-time */
            connectedAt: string;
            connectedBy: components["schemas"]["PersonView"];
            /** @description Advice: the consent behind it has ended while this account still works. */
            consentAdvised: boolean;
            /** @description Whose account at the platform gave the consent */
            consentedAs: string | null;
            /**
             * Format: date-time
             * @description When a person last consented at the platform
             */
            consentedAt: string;
            /**
             * @description Where consent for it is given: the one to which a reconnect leads
             * @example linkedin
             */
            consentPlatform: string;
            /** Format: date-time */
            dataAccessExpiresAt: string | null;
            /** @description What Mooring cannot move by itself */
            deadline: components["schemas"]["DeadlineView"] | null;
            displayName: string;
            grantedScopes: string[];
            /** @description How to mend it; null where nothing is broken */
            guidance: components["schemas"]["GuidanceView"] | null;
            /** Format: uuid */
            id: string;
            /**
             * @description What is connected; more may come
             * @example facebook_page
             */
            kind: string;
            /**
             * @description What is connected, in words, singular
             * @example Facebook Page
             */
            kindName: string;
            /** Format: date-time */
            lastCheckedAt: string | null;
            /** Format: date-time */
            lastRefreshedAt: string | null;
            /** @description Where the person manages what apps may do, in words */
            manageAccessAt: string;
            missingScopes: string[];
            /**
             * @description Name of a platform, as GET /v1/platforms lists them; more may come
             * @example linkedin
             */
            platform: string;
            /** @description Why it is not simply connected */
            reason: components["schemas"]["ReasonView"] | null;
            /** @description The platform lets apps read what was posted there: `…/posts` answers it. */
            showsPosts: boolean;
            status: components["schemas"]["ConnectionStatus"];
            /** Format: date-time */
            statusSince: string;
            /** Format: date-time */
            tokenExpiresAt: string | null;
            username: string | null;
            /** @description Grows with every change that is announced */
            version: number;
            workspaceId: string;
        };
        ConnectionPage: {
            /** @description What needs attention comes first. */
            data: components["schemas"]["ConnectionView"][];
            hasMore: boolean;
            nextCursor: string | null;
        };
        ConnectionsSummary: {
            connected: number;
            disconnected: number;
            expiringSoon: number;
            needsReconnect: number;
            /** @description Without disconnected ones */
            total: number;
        };
        /** @enum {string} */
        ConnectionStatus: "connected" | "expiring_soon" | "needs_reconnect" | "disconnected";
        ConnectionView: {
            /** @description The platform's own id of the account */
            accountId: string;
            /** @description The one action that mends it */
            action: components["schemas"]["Action"] | null;
            avatarUrl: string | null;
            /** @description Advice: the consent behind it has ended while this account still works. */
            consentAdvised: boolean;
            /**
             * @description Where consent for it is given: the one to which a reconnect leads
             * @example linkedin
             */
            consentPlatform: string;
            /** @description What Mooring cannot move by itself */
            deadline: components["schemas"]["DeadlineView"] | null;
            displayName: string;
            /** Format: uuid */
            id: string;
            /**
             * @description What is connected; more may come
             * @example facebook_page
             */
            kind: string;
            /**
             * @description What is connected, in words, singular
             * @example Facebook Page
             */
            kindName: string;
            /** Format: date-time */
            lastCheckedAt: string | null;
            /** Format: date-time */
            lastRefreshedAt: string | null;
            /**
             * @description Name of a platform, as GET /v1/platforms lists them; more may come
             * @example linkedin
             */
            platform: string;
            /** @description Why it is not simply connected */
            reason: components["schemas"]["ReasonView"] | null;
            status: components["schemas"]["ConnectionStatus"];
            /** Format: date-time */
            statusSince: string;
            username: string | null;
            /** @description Grows with every change that is announced */
            version: number;
            workspaceId: string;
        };
        ConnectOutcome: {
            /** @description To choose from; empty once the choice is made */
            accounts: components["schemas"]["OfferedAccountView"][];
            /** @description What was connected or reconnected; connections that the same consent healed come last */
            connections: components["schemas"]["ConnectionView"][];
            /** @description Whose account at the platform gave the consent */
            consentedAs: string | null;
            plan: components["schemas"]["PlanUse"];
            session: components["schemas"]["ConnectSessionView"];
        };
        /** @enum {string} */
        ConnectPurpose: "connect" | "reconnect";
        /** @enum {string} */
        ConnectSessionState: "created" | "started" | "completing" | "offered" | "claimed" | "activating" | "done" | "failed" | "expired";
        ConnectSessionView: {
            /**
             * Format: uuid
             * @description The connection to be reconnected
             */
            connectionId: string | null;
            /**
             * Format: date-time
             * @description When the present step runs out
             */
            expiresAt: string;
            failure: components["schemas"]["ConnectFailure"] | null;
            /** Format: uuid */
            id: string;
            /**
             * @description Name of a platform, as GET /v1/platforms lists them; more may come
             * @example linkedin
             */
            platform: string;
            purpose: components["schemas"]["ConnectPurpose"];
            state: components["schemas"]["ConnectSessionState"];
            workspaceId: string;
        };
        CreateConnectSessionBody: {
            /**
             * @description Name of a platform, as GET /v1/platforms lists them; more may come
             * @example linkedin
             */
            platform: string;
            /** @description Ask again for permissions that were declined before */
            rerequest?: boolean;
            /** @description Where the browser comes back to; must be on the allow-list */
            returnUrl: string;
        };
        CreatedConnectSession: {
            /**
             * Format: date-time
             * @description Until then the platform must have sent the person back.
             */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            /** @description Open it in the browser: full page or pop-up. */
            startUrl: string;
        };
        /** @enum {string} */
        DeadlineKind: "access_token" | "refresh_token" | "data_access";
        DeadlineView: {
            /** Format: date-time */
            at: string;
            kind: components["schemas"]["DeadlineKind"];
        };
        Disconnected: {
            connection: components["schemas"]["ConnectionView"];
            revocation: components["schemas"]["RevocationView"];
        };
        DisconnectPreview: {
            connection: components["schemas"]["ConnectionView"];
            /** @description What will happen, in sentences for people */
            consequences: string[];
            /** @description Access is taken back at the platform, since no sibling needs it. */
            revokesAtPlatform: boolean;
            /** @description Connections of the same consent; they go on working. */
            siblings: components["schemas"]["SiblingView"][];
        };
        /**
         * @description A `hub_admin` sends `Mooring-Acting-Workspace` with every call about this workspace.
         * @enum {string}
         */
        EffectiveRole: "owner" | "admin" | "editor" | "viewer" | "hub_admin";
        FieldProblem: {
            detail: string;
            /** @description JSON pointer (RFC 6901) into the request body */
            pointer: string;
        };
        GuidanceView: {
            action: components["schemas"]["Action"];
            /** @description What to do at this platform, in sentences for people */
            text: string;
        };
        HistoryEntryView: {
            /** @description Who did it; null where Mooring did */
            by: components["schemas"]["PersonView"] | null;
            /** Format: uuid */
            id: string;
            kind: components["schemas"]["HistoryKind"];
            /** Format: date-time */
            occurredAt: string;
            /** @description A hub admin did it on the workspace's behalf. */
            onBehalfOfWorkspace: boolean;
            /** @description In a sentence, for people */
            summary: string;
        };
        /** @enum {string} */
        HistoryKind: "ConnectionEstablished" | "ConnectionRefreshed" | "ConnectionChecked" | "ConnectionReconnected" | "ConnectionExpiringSoon" | "ConnectionExpired" | "ConnectionRecovered" | "ConnectionScopesChanged" | "ConnectionDisconnected" | "RevocationReported";
        HistoryPage: {
            /** @description The newest first */
            data: components["schemas"]["HistoryEntryView"][];
            hasMore: boolean;
            nextCursor: string | null;
        };
        HubAdminView: {
            email: string | null;
            hubId: string;
            locale: string | null;
            name: string;
            subject: string;
        };
        HubView: {
            id: string;
            name: string;
        };
        Me: {
            /** @description Hubs that the caller administers */
            hubs: components["schemas"]["HubView"][];
            name: string | null;
            subject: string;
            workspaces: components["schemas"]["MyWorkspace"][];
        };
        MemberView: {
            email: string | null;
            locale: string | null;
            name: string;
            role: components["schemas"]["Role"];
            subject: string;
            workspaceId: string;
        };
        MyWorkspace: {
            hubId: string;
            id: string;
            name: string;
            plan: components["schemas"]["Plan"];
            /** @description A `hub_admin` sends `Mooring-Acting-Workspace` with every call about this workspace. */
            role: components["schemas"]["EffectiveRole"];
            timeZone: string;
        };
        OfferedAccountView: {
            accountId: string;
            avatarUrl: string | null;
            /**
             * Format: uuid
             * @description It was connected before or is now.
             */
            connectionId: string | null;
            /** @description It takes one of the places that the plan allows. */
            countsForPlan: boolean;
            displayName: string;
            /**
             * @description What is connected; more may come
             * @example facebook_page
             */
            kind: string;
            /**
             * @description What it is, in words, singular
             * @example Facebook Page
             */
            kindName: string;
            /**
             * @description The platform that the account is shown under
             * @example linkedin
             */
            platform: string;
            selectable: boolean;
            /** @description The reason in words, for people */
            unselectableMessage: string | null;
            unselectableReason: components["schemas"]["UnselectableReason"] | null;
            username: string | null;
        };
        /** @enum {string} */
        PauseCause: "outage" | "rate_limited" | "misconfigured";
        PauseView: {
            cause: components["schemas"]["PauseCause"] | null;
            /** @description What the platform said */
            detail: string | null;
            /** Format: date-time */
            since: string | null;
        };
        PersonView: {
            name: string | null;
            subject: string;
        };
        /** @enum {string} */
        Plan: "free" | "starter" | "professional" | "enterprise";
        PlanUse: {
            /** @description Accounts the plan allows */
            limit: number;
            plan: string;
            /** @description Accounts connected, broken ones included */
            used: number;
        };
        PlatformList: {
            data: components["schemas"]["PlatformOffer"][];
            plan: components["schemas"]["PlanUse"];
        };
        PlatformOffer: {
            /**
             * @description What one manages there, plural
             * @example Pages
             */
            accountsName: string;
            /** @description The caller can connect accounts of it now. */
            available: boolean;
            /** @description The reason in words, for people */
            message: string | null;
            name: string;
            /** @description The name in routes, or that of a platform still to come */
            platform: string;
            /** @description `not_configured`: the operator has not set it up; `coming_soon`: Mooring cannot connect it yet */
            reason: components["schemas"]["UnavailableReason"] | null;
            /** @description What a person needs at the platform, shown before leaving */
            requirements: string[];
        };
        PlatformReadiness: {
            /**
             * Format: date-time
             * @description When the platform was last tried
             */
            checkedAt: string | null;
            checks: components["schemas"]["ReadinessCheck"][];
            /** @description Everything is set that connecting needs, at the gateway and at the vault. */
            connectable: boolean;
            name: string;
            /** @description Calls to the platform are held back. */
            pause: components["schemas"]["PauseView"] | null;
            /**
             * @description Name of a platform, as GET /v1/platforms lists them; more may come
             * @example linkedin
             */
            platform: string;
            state: components["schemas"]["ReadinessState"];
        };
        PostList: {
            /** @description The newest first */
            data: components["schemas"]["PostView"][];
        };
        PostView: {
            /** @description The platform's own id of the post */
            id: string;
            imageUrl: string | null;
            permalink: string | null;
            /** Format: date-time */
            publishedAt: string | null;
            text: string | null;
        };
        Problem: {
            /** @description The next step */
            action: components["schemas"]["ProblemAction"];
            code: components["schemas"]["ProblemCode"];
            /** @description The message to people */
            detail: string;
            errors?: components["schemas"]["FieldProblem"][];
            instance?: string;
            /** @description Diagnostic id: support finds the log lines by it */
            requestId: string;
            /** @description The same request may succeed later */
            retryable: boolean;
            status: number;
            title: string;
            /** @description URI of the kind of problem */
            type: string;
        };
        /**
         * @description The next step
         * @enum {string}
         */
        ProblemAction: "try_again" | "sign_in" | "reconnect" | "start_again" | "ask_admin" | "upgrade_plan" | "change_request" | "contact_operator" | "none";
        /** @enum {string} */
        ProblemCode: "security_check_failed" | "link_expired" | "session_changed" | "permissions_declined" | "no_accounts" | "platform_unavailable" | "role_not_allowed" | "plan_limit_reached" | "platform_not_on_plan" | "wrong_account" | "platform_misconfigured" | "platform_not_available" | "return_url_not_allowed" | "account_not_offered" | "account_not_usable" | "account_already_connected" | "session_not_ready" | "unauthenticated" | "forbidden" | "acting_workspace_required" | "scope_missing" | "not_found" | "method_not_allowed" | "invalid_request" | "malformed_request" | "payload_too_large" | "hub_mismatch" | "connection_not_usable" | "not_supported" | "connection_disconnected" | "grant_not_found" | "pending_grant_gone" | "superseded" | "vault_unavailable" | "temporarily_unavailable" | "too_many_requests" | "internal_error";
        PutHubBody: {
            name: string;
        };
        PutMemberBody: {
            /** Format: email */
            email?: string | null;
            /** @description BCP 47, as `en-GB` */
            locale?: string | null;
            name: string;
            role: components["schemas"]["Role"];
        };
        PutPersonBody: {
            /** Format: email */
            email?: string | null;
            /** @description BCP 47, as `en-GB` */
            locale?: string | null;
            name: string;
        };
        PutWorkspaceBody: {
            /** @description A workspace never changes its hub. */
            hubId: string;
            name: string;
            plan: components["schemas"]["Plan"];
            /**
             * @description IANA time zone
             * @example Europe/Berlin
             */
            timeZone: string;
        };
        ReadinessCheck: {
            /** @description What is wrong, and what mends it */
            detail: string;
            /** @description Short and stable, as `client_secret` */
            name: string;
            outcome: components["schemas"]["ReadinessOutcome"];
        };
        ReadinessList: {
            data: components["schemas"]["PlatformReadiness"][];
        };
        /** @enum {string} */
        ReadinessOutcome: "ok" | "failed" | "unknown";
        /** @enum {string} */
        ReadinessState: "ready" | "failed" | "paused" | "unknown" | "not_configured";
        /** @enum {string} */
        Reason: "password_changed" | "security_check" | "removed_in_settings" | "permission_removed" | "role_lost" | "inactivity" | "platform_policy" | "token_lapsed" | "refresh_failed" | "account_suspended" | "unknown" | "data_access_expired" | "refresh_answer_lost" | "key_unavailable";
        ReasonView: {
            code: components["schemas"]["Reason"];
            /** @description In a sentence, for people */
            explanation: string;
            /** @description In a few words */
            title: string;
        };
        /** @enum {string} */
        RevocationResult: "revoked" | "kept_for_siblings" | "failed" | "unsupported" | "pending" | "superseded";
        RevocationView: {
            /** @description Where the person can take access back by hand, in words */
            manageAccessAt: string;
            /** @description In a sentence, for people */
            message: string;
            result: components["schemas"]["RevocationResult"];
        };
        /** @enum {string} */
        Role: "owner" | "admin" | "editor" | "viewer";
        SelectionBody: {
            accounts: components["schemas"]["ChosenAccount"][];
        };
        SiblingView: {
            displayName: string;
            /** Format: uuid */
            id: string;
            kind: string;
            /** @description In words, singular */
            kindName: string;
        };
        StartReconnectBody: {
            /** @description Have the platform ask once more, which account is meant too where it can: for after `wrong_account` */
            rerequest?: boolean;
            /** @description Where the browser comes back to; must be on the allow-list */
            returnUrl: string;
        };
        /**
         * @description `not_configured`: the operator has not set it up; `coming_soon`: Mooring cannot connect it yet
         * @enum {string}
         */
        UnavailableReason: "plan" | "plan_limit" | "role" | "not_configured" | "coming_soon";
        /** @enum {string} */
        UnselectableReason: "no_token" | "role_too_low" | "not_granted" | "unsupported_type" | "already_connected" | "not_on_plan";
        WorkspaceView: {
            hubId: string;
            id: string;
            name: string;
            plan: components["schemas"]["Plan"];
            timeZone: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getConnectSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectSessionView"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    claimConnectSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClaimBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectOutcome"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    selectAccounts: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SelectionBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectOutcome"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionDetail"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disconnectConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disconnected"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptStarted"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewDisconnect: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisconnectPreview"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnectionEvents: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryPage"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRecentPosts: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PostList"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createReconnectSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartReconnectBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedConnectSession"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refreshConnection: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                connectionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptStarted"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putHub: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hubId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutHubBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HubView"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putHubAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hubId: string;
                /** @description The person's `sub` at the identity provider */
                subject: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutPersonBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HubAdminView"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeHubAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                hubId: string;
                /** @description The person's `sub` at the identity provider */
                subject: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPlatforms: {
        parameters: {
            query: {
                workspace: string;
            };
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlatformList"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPlatformsReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadinessList"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putWorkspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspaceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutWorkspaceBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceView"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createConnectSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                workspaceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateConnectSessionBody"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedConnectSession"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnections: {
        parameters: {
            query?: {
                /** @description `nextCursor` of the page before */
                cursor?: string;
                limit?: number;
                /** @description Comma-separated. */
                platform?: string[];
                /** @description A part of the display name or handle */
                search?: string;
                /** @description Comma-separated. Left out: everything but disconnected connections. */
                status?: components["schemas"]["ConnectionStatus"][];
            };
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                workspaceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionPage"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    summarizeConnections: {
        parameters: {
            query?: never;
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path: {
                workspaceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionsSummary"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The person's `sub` at the identity provider */
                subject: string;
                workspaceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutMemberBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberView"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The person's `sub` at the identity provider */
                subject: string;
                workspaceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
