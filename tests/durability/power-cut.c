// Loaded before the C library (LD_PRELOAD), notes in order every change that a process makes to the files below a folder: CANOPY_CUT_ROOT is the folder,
// CANOPY_CUT_LOG the file that the notes are appended to. A note: one letter, lengths of two paths, an offset, a length of bytes; then paths and bytes.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define MOST 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int notes = -1;
static char root[PATH_MAX];
static size_t root_length;
static char *names[MOST];

static void begin(void) {
  if (notes != -1) return;
  const char *folder = getenv("CANOPY_CUT_ROOT"), *log = getenv("CANOPY_CUT_LOG");
  if (!folder || !log) { notes = -2; return; }
  strncpy(root, folder, sizeof root - 1);
  root_length = strlen(root);
  notes = REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static const char *below(const char *path) {
  static __thread char whole[PATH_MAX];
  if (path[0] != '/') {
    char here[PATH_MAX];
    if (!getcwd(here, sizeof here)) return NULL;
    if (snprintf(whole, sizeof whole, "%s/%s", here, path) >= (int)sizeof whole) return NULL;
    path = whole;
  }
  return strncmp(path, root, root_length) == 0 && path[root_length] == '/' ? path + root_length + 1 : NULL;
}

static void note(char what, const char *path, const char *other, int64_t offset, const void *bytes, uint32_t length) {
  uint32_t first = strlen(path), second = other ? strlen(other) : 0;
  char head[1 + 4 + 4 + 8 + 4];
  head[0] = what;
  memcpy(head + 1, &first, 4);
  memcpy(head + 5, &second, 4);
  memcpy(head + 9, &offset, 8);
  memcpy(head + 17, &length, 4);
  struct iovec parts[] = {{head, sizeof head}, {(void *)path, first}, {(void *)other, second}, {(void *)bytes, length}};
  ssize_t written = REAL(writev)(notes, parts, 4);
  (void)written;
}

static void opened(int fd, const char *path, int flags, int was_there) {
  if (fd < 0 || fd >= MOST || notes < 0) return;
  const char *name = below(path);
  pthread_mutex_lock(&lock);
  free(names[fd]);
  names[fd] = name ? strdup(name) : NULL;
  if (name && (flags & O_CREAT) && !was_there) note('C', name, NULL, 0, NULL, 0);
  if (name && was_there && (flags & O_TRUNC)) note('T', name, NULL, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
}

static int is_there(const char *path) { struct stat found; return stat(path, &found) == 0; }

#define OPENER(name)                                                              \
  int name(const char *path, int flags, ...) {                                    \
    begin();                                                                      \
    mode_t mode = 0;                                                              \
    if (flags & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    int was_there = is_there(path);                                               \
    int fd = REAL(name)(path, flags, mode);                                       \
    opened(fd, path, flags, was_there);                                           \
    return fd;                                                                    \
  }
OPENER(open)
OPENER(open64)

#define OPENER_AT(name)                                                           \
  int name(int folder, const char *path, int flags, ...) {                        \
    begin();                                                                      \
    mode_t mode = 0;                                                              \
    if (flags & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    int was_there = is_there(path);                                               \
    int fd = REAL(name)(folder, path, flags, mode);                               \
    if (path[0] == '/' || folder == AT_FDCWD) opened(fd, path, flags, was_there); \
    return fd;                                                                    \
  }
OPENER_AT(openat)
OPENER_AT(openat64)

int close(int fd) {
  begin();
  if (fd >= 0 && fd < MOST) {
    pthread_mutex_lock(&lock);
    free(names[fd]);
    names[fd] = NULL;
    pthread_mutex_unlock(&lock);
  }
  return REAL(close)(fd);
}

static const char *name_of(int fd) { return fd >= 0 && fd < MOST && notes >= 0 ? names[fd] : NULL; }

static int64_t end_or_place(int fd) {
  struct stat found;
  if ((fcntl(fd, F_GETFL) & O_APPEND) && fstat(fd, &found) == 0) return found.st_size;
  return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *bytes, size_t length) {
  begin();
  if (!name_of(fd)) return REAL(write)(fd, bytes, length);
  pthread_mutex_lock(&lock);
  int64_t offset = end_or_place(fd);
  ssize_t written = REAL(write)(fd, bytes, length);
  if (written > 0) note('W', names[fd], NULL, offset, bytes, written);
  pthread_mutex_unlock(&lock);
  return written;
}

static void note_parts(int fd, const struct iovec *parts, int count, int64_t offset, ssize_t written) {
  for (int index = 0; index < count && written > 0; index += 1) {
    size_t length = parts[index].iov_len < (size_t)written ? parts[index].iov_len : (size_t)written;
    note('W', names[fd], NULL, offset, parts[index].iov_base, length);
    offset += length;
    written -= length;
  }
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  begin();
  if (!name_of(fd)) return REAL(writev)(fd, parts, count);
  pthread_mutex_lock(&lock);
  int64_t offset = end_or_place(fd);
  ssize_t written = REAL(writev)(fd, parts, count);
  note_parts(fd, parts, count, offset, written);
  pthread_mutex_unlock(&lock);
  return written;
}

#define PLACED_WRITE(name, type)                                                  \
  ssize_t name(int fd, const void *bytes, size_t length, type offset) {           \
    begin();                                                                      \
    if (!name_of(fd)) return REAL(name)(fd, bytes, length, offset);               \
    pthread_mutex_lock(&lock);                                                    \
    ssize_t written = REAL(name)(fd, bytes, length, offset);                      \
    if (written > 0) note('W', names[fd], NULL, offset, bytes, written);          \
    pthread_mutex_unlock(&lock);                                                  \
    return written;                                                               \
  }
PLACED_WRITE(pwrite, off_t)
PLACED_WRITE(pwrite64, off64_t)

#define PLACED_WRITEV(name, type)                                                 \
  ssize_t name(int fd, const struct iovec *parts, int count, type offset) {       \
    begin();                                                                      \
    if (!name_of(fd)) return REAL(name)(fd, parts, count, offset);                \
    pthread_mutex_lock(&lock);                                                    \
    ssize_t written = REAL(name)(fd, parts, count, offset);                       \
    note_parts(fd, parts, count, offset, written);                                \
    pthread_mutex_unlock(&lock);                                                  \
    return written;                                                               \
  }
PLACED_WRITEV(pwritev, off_t)
PLACED_WRITEV(pwritev64, off64_t)

#define CUTTER(name, type)                                                        \
  int name(int fd, type size) {                                                   \
    begin();                                                                      \
    pthread_mutex_lock(&lock);                                                    \
    int result = REAL(name)(fd, size);                                            \
    if (result == 0 && name_of(fd)) note('T', names[fd], NULL, size, NULL, 0);    \
    pthread_mutex_unlock(&lock);                                                  \
    return result;                                                                \
  }
CUTTER(ftruncate, off_t)
CUTTER(ftruncate64, off64_t)

#define SYNCER(name)                                                              \
  int name(int fd) {                                                              \
    begin();                                                                      \
    int result = REAL(name)(fd);                                                  \
    pthread_mutex_lock(&lock);                                                    \
    if (result == 0 && name_of(fd)) note('S', names[fd], NULL, 0, NULL, 0);       \
    pthread_mutex_unlock(&lock);                                                  \
    return result;                                                                \
  }
SYNCER(fsync)
SYNCER(fdatasync)

int rename(const char *from, const char *to) {
  begin();
  pthread_mutex_lock(&lock);
  int result = REAL(rename)(from, to);
  if (result == 0 && notes >= 0) {
    const char *first = below(from);
    char *kept = first ? strdup(first) : NULL;
    const char *second = below(to);
    if (kept && second) note('R', kept, second, 0, NULL, 0);
    free(kept);
  }
  pthread_mutex_unlock(&lock);
  return result;
}

#define REMOVER(name)                                                             \
  int name(const char *path) {                                                    \
    begin();                                                                      \
    pthread_mutex_lock(&lock);                                                    \
    int result = REAL(name)(path);                                                \
    const char *gone = notes >= 0 ? below(path) : NULL;                           \
    if (result == 0 && gone) note('U', gone, NULL, 0, NULL, 0);                   \
    pthread_mutex_unlock(&lock);                                                  \
    return result;                                                                \
  }
REMOVER(unlink)
REMOVER(remove)
