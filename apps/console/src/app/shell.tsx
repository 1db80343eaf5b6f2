import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Person } from '../identity/session.ts';
import { UserMenu } from '../identity/user-menu.tsx';
import { LiveHint } from '../live/live-hint.tsx';
import { LogoMark } from '../look/logo.tsx';
import { WorkspaceSwitcher } from '../workspaces/workspace-switcher.tsx';
import classes from './shell.module.css';

/** The frame around every page of a signed-in person. */
export function Shell({ person, children }: { readonly person: Person; readonly children: ReactNode }) {
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to content
      </a>
      <header className={classes.bar}>
        <div className={classes.inner}>
          <Link to="/" className={classes.brand} aria-label="Mooring, connected accounts">
            <LogoMark size={30} />
            <span className={classes.word}>Mooring</span>
          </Link>
          <span className={classes.divider} aria-hidden="true" />
          <WorkspaceSwitcher />
          <span className={classes.space} />
          <UserMenu person={person} />
        </div>
      </header>
      {children}
      <LiveHint />
    </>
  );
}
