# What the programs say in English where something happens, for all faces. A variable that begins with `text` is a
# sentence of its own, `count` a number, `time` a time; anything else is a name.

## Connections

unreachable = Không thể liên lạc với nhà cung cấp; hãy kiểm tra mạng hoặc chờ: Ringside vẫn tiếp tục thử.
server-fault = Máy chủ của nhà cung cấp báo rằng nó đang gặp lỗi; bạn không cần làm gì: Ringside tiếp tục thử.
not-confirmed = Nhà cung cấp không xác nhận, nên có thể việc đó chưa được thực hiện; hãy kiểm tra và thử lại nếu chưa.
slow-down = Nhà cung cấp yêu cầu chậm lại, nên việc đó chưa được thực hiện; hãy thử lại sau một phút.
dropped = Kết nối bị ngắt; Ringside đang kết nối lại.
silent = Kết nối không còn phản hồi; Ringside đang kết nối lại.
tls = Chứng chỉ của nhà cung cấp không được tin cậy; nếu công ty bạn kiểm tra lưu lượng, hãy đặt `ca_file` trong cài đặt.
proxy = Proxy không cho kết nối đi qua; hãy kiểm tra `proxy` trong cài đặt.
protocol = Nhà cung cấp trả lời khác mong đợi; hãy kiểm tra địa chỉ của tài khoản trong cài đặt.
refused-token = Nhà cung cấp không chấp nhận mã của tài khoản này; hãy đăng nhập lại bằng mã mới.
expired-token = Mã của tài khoản đã hết hạn; hãy đăng nhập lại.
code-needed = Nhà cung cấp cần mã xác thực bước hai; hãy đăng nhập lại và nhập mã đang hiển thị.
forbidden = Bị từ chối truy cập, Ringside hỏi lại vài phút một lần; nếu vẫn vậy, hãy xin quyền từ quản trị viên.
rate-limited = Nhà cung cấp yêu cầu chậm lại; Ringside chờ đúng thời gian được yêu cầu.
unwanted = Nhà cung cấp yêu cầu chương trình không kết nối lại; chọn Thử lại để thử thêm một lần.
settings-wrong = Cài đặt của tài khoản sai; chạy `ringside doctor` để xem mục nào.
internal = Ringside gặp lỗi ở tài khoản này và khởi động lại; vui lòng báo lỗi.
account-not-connected = Tài khoản chưa kết nối; hãy thử lại khi đã kết nối.
this-not-connected = Tài khoản này chưa kết nối; hãy thử lại khi đã kết nối.
not-running = Ringside không chạy; hãy chạy `ringside agent`.
erase-no-number = Đây không phải là số điện thoại nên không có gì bị xóa; `ringside calls` cho biết các số.
hung = Ringside đang chạy nhưng không trả lời; hãy kết thúc nó bằng `pkill -9 -x ringside` rồi khởi động lại `ringside agent`.
other-version = Ringside đang chạy là phiên bản khác; hãy khởi động lại.
ending = Ringside đang kết thúc; hãy mở lại.
no-answer-in-time = Nhà cung cấp không trả lời kịp; hãy xem việc đã được thực hiện chưa trước khi thử lại.
no-number-colleague = Không biết số của đồng nghiệp này; hãy hỏi họ.
no-full-number = Đây không phải số điện thoại đầy đủ; hãy viết kèm mã quốc gia, ví dụ +45 11 22 33 44.
cannot-dial = Không tài khoản nào đang kết nối gọi đi được; hãy kiểm tra kết nối.
no-number-caller = Không biết số của người gọi này.
nobody-waits = Không còn ai chờ; người khác đã nhận cuộc gọi.
cannot-pick-up = Tài khoản này không nhận được cuộc gọi chờ; hãy dùng điện thoại.
no-such-account = Không có tài khoản đó; `ringside account list` liệt kê những tài khoản hiện có.
demo-fixed = Không thể đổi tài khoản của bản dùng thử; hãy chạy Ringside không có --demo.
no-clipboard = Không dùng được bảng nhớ tạm; hãy cài wl-clipboard (Wayland) hoặc xclip (X11).
no-browser = Không có trình duyệt; hãy cài xdg-utils.
wait-longest = Chỉ có thể chờ đồng nghiệp tối đa 12 giờ; hãy chọn thời gian ngắn hơn.
wait-self = Đây là chính bạn; hãy chọn một đồng nghiệp.
wait-free = Đồng nghiệp này đang rảnh; hãy gọi.
wait-many = Bạn đang chờ 50 đồng nghiệp; hãy hủy bớt một người trước.
favourites-many = Bạn đã có 500 mục yêu thích; hãy bỏ bớt một mục trước.

## This computer

no-daemon = Không có dịch vụ thông báo nào trả lời nên cuộc gọi không hiện lên; hãy chạy một dịch vụ (ví dụ dunst).
no-bus = Không có bus phiên nên cuộc gọi không hiện lên; hãy chạy Ringside trong phiên làm việc đồ họa.
no-tray-host = Màn hình này không hiện khay; hãy mở Ringside từ menu hoặc bật khay (GNOME: tiện ích AppIndicator).
no-tray-bus = Không có bus phiên nên không có khay; hãy chạy Ringside trong phiên làm việc đồ họa.
no-windows = Chưa cài cửa sổ; hãy cài ringside-desktop hoặc dùng tiếp khay và `ringside`.
window-fault = Một cửa sổ kết thúc do lỗi; hãy mở lại và xem nhật ký nếu còn xảy ra.
no-hotkeys = Màn hình này không cho chương trình dùng phím tắt toàn cục; hãy gán `ringside dnd on` và `ringside dnd off` trong cài đặt bàn phím.
no-secret = Chưa lưu thông tin đăng nhập cho `{ $account }`; hãy chạy `ringside account sign-in { $same }`.
keyring-locked = Chùm khóa đang bị khóa; hãy mở bằng mật khẩu đăng nhập, Ringside sẽ tự tiếp tục.
no-keyring = Không có chùm khóa nào trả lời trên máy này; hãy chạy một chùm khóa (ví dụ gnome-keyring) hoặc dùng --credentials THƯ-MỤC.
settings-line = Cài đặt, dòng { $line }: { $text }
store-newer = Lịch sử cuộc gọi { $file } do Ringside mới hơn ghi; hãy cập nhật bản này.
store-damaged = Lịch sử cuộc gọi { $file } bị hỏng; hãy chuyển nó đi và mở lại Ringside.
store-unwritable = Không ghi được lịch sử cuộc gọi { $file }; hãy cho phép ghi vào thư mục và đĩa.
disk-full = Đĩa đầy; hãy giải phóng dung lượng.
in-memory = Cho đến lúc đó cuộc gọi chỉ được giữ trong bộ nhớ.
store-silent = Lịch sử cuộc gọi không phản hồi; hãy xem đĩa có đầy không.
no-store = Ở đây không lưu cuộc gọi.
dnd-clock = Đây không phải giờ trong ngày; hãy chọn ví dụ 17:00.
dnd-week = Không làm phiền phải kết thúc trong bảy ngày; hãy chọn thời điểm sớm hơn.
dnd-not-shown = Đã được nhận nhưng chưa thể hiện; hãy xem trang của nhà cung cấp.
dnd-no-answer = Nhà cung cấp không trả lời kịp; hãy xem trang của họ.

## Why a call was shown or not

rings-me = đổ chuông máy tôi
all-calls = hiện mọi cuộc gọi
why-missed = cuộc gọi nhỡ
why-rule = quy tắc { $number } cho hiện
why-rule-quiet = quy tắc { $number } giữ im lặng
let-through = không làm phiền cho người này gọi qua
somebody-else = đổ chuông máy người khác
provider-silent = đổ chuông một đường dây, không rõ có phải cho tôi
switched-off = tài khoản này tắt hiện cuộc gọi
why-silenced = đã cho im lặng
quiet-caller = người gọi này im lặng trong hôm nay
why-dnd = không làm phiền đang bật
why-dnd-schedule = không làm phiền đang bật theo lịch
why-dnd-provider = không làm phiền được bật ở nhà cung cấp
why-lets-number = không làm phiền cho số này gọi qua
why-second = cùng một số gọi lần thứ hai
why-locked = màn hình đang khóa
why-shared = màn hình đang được chia sẻ
why-lost = mất kết nối
why-earlier = đã kết thúc trước khi mở Ringside
why-never-rang = không thấy đổ chuông
why-unnamed = { $text }; { $text2 } nên không nêu tên người gọi
