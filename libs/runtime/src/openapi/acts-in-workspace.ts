import { ApiHeader } from '@nestjs/swagger';

/** Describes in the OpenAPI document the header by which a hub admin acts in a workspace. */
export const ActsInWorkspace = () =>
  ApiHeader({
    name: 'Mooring-Acting-Workspace',
    required: false,
    description: 'A hub admin names the workspace to act in; what is changed is recorded with it.',
  });
