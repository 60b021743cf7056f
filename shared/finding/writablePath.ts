/** A malware scan gives paths from the volume's root, without the first slash. */
const writable = /^\/?(tmp|var\/tmp|dev\/shm|run|var\/run)\//;

/** Whether a path in a container is where programs can be put without being part of the image, whatever the image is. */
export const isWritablePath = (path: string): boolean => writable.test(path);
