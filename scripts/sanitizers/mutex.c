/* Tells the thread sanitizer what it cannot see. First, that Swift's Mutex, when it is contended, locks and unlocks inside the
   standard library, which is not instrumented. Loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

/* Synchronization._MutexHandle._lockSlow(UInt32) */
SWIFT void lock_slow(uint32_t thread, SELF void *mutex) __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
SWIFT void lock_slow(uint32_t thread, SELF void *mutex) {
  SWIFT void (*next)(uint32_t, SELF void *) =
    (SWIFT void (*)(uint32_t, SELF void *))dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
  next(thread, mutex);
  if (__tsan_acquire) __tsan_acquire(mutex);
}

/* Synchronization._MutexHandle._unlockSlow() */
SWIFT void unlock_slow(SELF void *mutex) __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
SWIFT void unlock_slow(SELF void *mutex) {
  if (__tsan_release) __tsan_release(mutex);
  SWIFT void (*next)(SELF void *) =
    (SWIFT void (*)(SELF void *))dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
  next(mutex);
}

/* The same of a continuation that is resumed before its task has come to wait: the task goes on at once then, and the runtime,
   which is not instrumented either, says nothing of the order. (Where the task waits already, it does.) */
extern void *swift_task_getCurrent(void) __attribute__((weak)) SWIFT;

SWIFT void swift_continuation_resume(void *task) {
  static SWIFT void (*next)(void *);
  if (!next) next = (SWIFT void (*)(void *))dlsym(RTLD_NEXT, "swift_continuation_resume");
  if (__tsan_release) __tsan_release(task);
  next(task);
}

__attribute__((swiftasynccall)) void swift_continuation_await(void *context) {
  __attribute__((swiftasynccall)) void (*next)(void *) =
    (__attribute__((swiftasynccall)) void (*)(void *))dlsym(RTLD_NEXT, "swift_continuation_await");
  if (__tsan_acquire && swift_task_getCurrent) __tsan_acquire(swift_task_getCurrent());
  __attribute__((musttail)) return next(context);
}
