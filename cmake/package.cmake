# `cpack -G DEB` in the build folder makes a package for Debian 12 and its like.
set(CPACK_PACKAGE_NAME pymemlint)
set(CPACK_PACKAGE_CONTACT "The pymemlint authors <pymemlint@example.org>")
set(CPACK_PACKAGE_VENDOR "The pymemlint authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "finds allocator and GIL misuse in C extensions of Python")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# libclang1 does not depend on the compiler's own headers, without which no source parses.
string(REGEX MATCH "llvm-([0-9]+)" CPACK_LLVM "${LIBCLANG_ROOT}")
if(CMAKE_MATCH_1)
  set(CPACK_DEBIAN_PACKAGE_DEPENDS "libclang1-${CMAKE_MATCH_1}, libclang-common-${CMAKE_MATCH_1}-dev")
endif()
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "python3-dev")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3-numpy")
include(CPack)

# `cmake --build . --target wheel`: the same as a wheel, made without network.
if(Python3_Interpreter_FOUND AND TARGET pymemlint AND TARGET pymemlint-front)
  add_custom_target(wheel
    COMMAND ${CMAKE_COMMAND} --install . --prefix wheel-tree > wheel-tree.log
    COMMAND ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/cmake/wheel.py wheel-tree ${PROJECT_VERSION} .
    DEPENDS pymemlint pymemlint-front printed
    WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}
    VERBATIM)
endif()
