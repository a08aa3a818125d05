/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Does the memory of this program mean something?  The address sanitizer keeps what was freed:
 * under it what is read alone counts.  gcc says that it is there in one way and clang in another.
 */

#ifdef __SANITIZE_ADDRESS__
#define HAS_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#define HAS_ADDRESS_SANITIZER __has_feature(address_sanitizer)
#else
#define HAS_ADDRESS_SANITIZER 0
#endif

enum { IS_MEASURED = !HAS_ADDRESS_SANITIZER };
