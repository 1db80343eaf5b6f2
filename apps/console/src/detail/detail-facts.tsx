import type { ReactNode } from 'react';
import type { ConnectionDetail } from '../api/model.ts';
import { usePersonName } from '../identity/person-name.ts';
import { Deadline, Moment } from '../look/moment.tsx';
import classes from './detail-panel.module.css';

/** Dates and people of a connection. */
export function DetailFacts({ detail }: { readonly detail: ConnectionDetail }) {
  const nameOf = usePersonName();
  return (
    <section aria-labelledby="facts">
      <h3 className={classes.section} id="facts">
        Access
      </h3>
      <dl className={classes.facts}>
        <Fact name="Connected by">
          {nameOf(detail.connectedBy)}, <Moment at={detail.connectedAt} />
        </Fact>
        <Fact name="Consent given">
          {detail.consentedAs ? `as ${detail.consentedAs}, ` : ''}
          <Moment at={detail.consentedAt} />
        </Fact>
        <Fact name="Last refresh">{moment(detail.lastRefreshedAt, 'Not yet')}</Fact>
        <Fact name="Last check">{moment(detail.lastCheckedAt, 'Not yet')}</Fact>
        <Fact name="Token ends">{deadline(detail.tokenExpiresAt, 'Does not expire')}</Fact>
        <Fact name="Data access ends">{deadline(detail.dataAccessExpiresAt, 'No date set')}</Fact>
        <Fact name="Managed at">{detail.manageAccessAt}</Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function moment(at: string | null, none: string): ReactNode {
  return at ? <Moment at={at} /> : none;
}

function deadline(at: string | null, none: string): ReactNode {
  return at ? <Deadline at={at} /> : none;
}
