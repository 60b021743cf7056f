/** `user`, `user:group`, `uid` or `uid:gid` (ECS API reference, "ContainerDefinition", `user`). */
export const userForm = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})?$/;

/** Who says nothing is whom the image says, which is mostly root. */
export const isRoot = (user: string | null): boolean => user === null || /^(?:root|0*)(?::.*)?$/.test(user);
